import { jest } from '@jest/globals';

// Whole consortia on two busy cores: this bounds a hanging test, it measures nothing.
jest.setTimeout(120_000);
