package io.kagimori.contracts.event;

/**
 * An operator blocks a key, or lifts the block.
 *
 * @param keyId the key
 * @param blocked true to block
 * @param comment why, in the operator's words
 */
public record KeyBlockRequested(String keyId, Boolean blocked, String comment) implements Event {

  @Override
  public String recordKey() {
    return keyId;
  }

  @Override
  public String recordKeyField() {
    return "keyId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("keyId", keyId, 128)
        .noProductKey("keyId", keyId)
        .required("blocked", blocked)
        .noProductKey("comment", comment)
        .optional("comment", comment, 1000);
  }
}
