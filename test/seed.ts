import * as fc from 'fast-check';

// The same values in every run, so that a run tells of the change and not of chance; FC_SEED=$RANDOM looks for others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20261127) });
