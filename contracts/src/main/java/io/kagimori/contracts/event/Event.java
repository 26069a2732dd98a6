package io.kagimori.contracts.event;

/**
 * What a record says, without its envelope. Components that may be absent are null; Jackson ignores
 * unknown fields and leaves absent ones out when writing, so that a newer sender and an older
 * reader understand each other.
 */
public interface Event {

  /** The record key this event must travel under: a device, key, agreement or host id. */
  String recordKey();

  /** The name of the field that holds the record key. */
  default String recordKeyField() {
    return "deviceId";
  }

  /**
   * Reports what a reader relies on and does not find. The default asks only for the record key.
   *
   * @param fields takes the checks, in the order in which a sender would want to hear of them
   */
  default void check(Fields fields) {}
}
