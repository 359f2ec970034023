import type { reporters } from 'mocha';

export default class MochaReporter extends reporters.Spec {}
