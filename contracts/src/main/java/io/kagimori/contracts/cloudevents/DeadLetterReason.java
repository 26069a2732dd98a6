package io.kagimori.contracts.cloudevents;

/** Why a record went to the dead-letter topic instead of being answered. Codes are never reused. */
public enum DeadLetterReason {
  /** The value is not one JSON object. */
  INVALID_JSON,
  /** A field or header is missing or unusable, or holds a full product key; the detail names it. */
  INVALID_EVENT,
  /** The event type is not one that this topic carries. */
  UNKNOWN_TYPE,
  /** The value is larger than {@link EventDecoder#VALUE_BYTES_MAX}. */
  TOO_LARGE,
  /** The id was used before, with other content. */
  ID_REUSED
}
