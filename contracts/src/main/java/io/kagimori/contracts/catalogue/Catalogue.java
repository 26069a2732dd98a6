package io.kagimori.contracts.catalogue;

/**
 * The facts about volume licensing that Kagimori decides by, read once from the data files on the
 * class path. Immutable; every row keeps where it was read. A wrong row stops loading with file,
 * line and column.
 */
public final class Catalogue {
  private final EditionPaths editionPaths = EditionPaths.load();
  private final Products products = Products.load(editionPaths);
  private final ErrorCodes errorCodes = ErrorCodes.load();

  private Catalogue() {}

  /** The catalogue, loaded at the first call. */
  public static Catalogue get() {
    return Holder.CATALOGUE;
  }

  public Products products() {
    return products;
  }

  public ErrorCodes errorCodes() {
    return errorCodes;
  }

  public EditionPaths editionPaths() {
    return editionPaths;
  }

  private static final class Holder {
    private static final Catalogue CATALOGUE = new Catalogue();
  }
}
