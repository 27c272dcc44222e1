export { CnnvizError, type ErrorCode } from './errors.js';
