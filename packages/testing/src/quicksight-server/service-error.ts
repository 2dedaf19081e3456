import { statusOfError } from "./model/bindings.ts";

/** An error of the service, thrown by an operation. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;

  /** @param status HTTP status; by default the one that the client's schemas have for the type */
  constructor(type: string, message: string, status: number = statusOfError(type)) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export function notFound(what: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${what} is not found`);
}

export function alreadyExists(what: string): ServiceError {
  return new ServiceError("ResourceExistsException", `${what} already exists`);
}

/** While something is in progress nothing else can be done to it. */
export function busy(what: string): ServiceError {
  return new ServiceError(
    "ConflictException",
    `${what} is being created or updated by another request`,
  );
}

export function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message);
}
