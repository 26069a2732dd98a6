package io.kagimori.contracts.table;

/** A table that cannot be read at all. The message is one sentence for a person. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String field;

  TableException(String code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  /** Stable code. */
  public String code() {
    return code;
  }

  /** The column or mapping to blame; null where it is the file. */
  public String field() {
    return field;
  }
}
