import { REPORT, table } from './report';

/** Prints the table of every scenario of the run. */
export default function tearDown(): void {
  process.stdout.write(`\n${table()}\nwhat Terraform and cdktf said: ${REPORT}\n`);
}
