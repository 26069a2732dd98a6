package io.kagimori.contracts.catalogue;

/** A data file of the catalogue is wrong; the message names file, line and column. */
public final class CatalogueDataException extends IllegalStateException {
  CatalogueDataException(String file, long line, String column, String problem) {
    super(file + ", line " + line + ", column " + column + ": " + problem);
  }

  CatalogueDataException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
