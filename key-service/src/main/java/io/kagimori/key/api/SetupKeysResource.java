package io.kagimori.key.api;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Comparator;
import java.util.List;

/** The KMS client setup keys that Microsoft publishes; the only keys that are shown in full. */
@Path("/setup-keys")
public class SetupKeysResource {

  /**
   * A setup key.
   *
   * @param keyId its id here
   * @param productKey the key
   * @param partialKey last five characters
   * @param status current, withdrawn or prerelease
   * @param takenByDism whether it can change an edition, being made for one edition and no other
   * @param covers products and editions
   */
  public record SetupKeyView(
      String keyId,
      String productKey,
      String partialKey,
      SetupKey.Status status,
      boolean takenByDism,
      List<Coverage> covers) {

    static SetupKeyView of(SetupKey key) {
      return new SetupKeyView(
          key.keyId(),
          key.productKey().value(),
          key.partialKey(),
          key.status(),
          key.covers().stream().map(c -> c.edition()).distinct().count() == 1,
          key.covers().stream()
              .map(c -> new Coverage(c.product(), c.edition().orElse(null), c.displayName()))
              .toList());
    }
  }

  /**
   * An edition that a setup key serves.
   *
   * @param product slug
   * @param edition EditionID; absent where it is not known
   * @param name the name in the vendor's list
   */
  public record Coverage(String product, String edition, String name) {}

  /** Setup keys, all or those of a product, edition or partial key. */
  @GET
  public Page<SetupKeyView> list(
      @QueryParam("partialKey") String partialKey,
      @QueryParam("product") String product,
      @QueryParam("edition") String edition,
      @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    Products products = Catalogue.get().products();
    if (partialKey != null && products.setupKeyByPartial(partialKey).isEmpty()) {
      throw Problem.of(
              404,
              Products.UNKNOWN_PARTIAL,
              "partialKey",
              "No published setup key ends in these characters.")
          .exception();
    }
    List<SetupKeyView> rows =
        products.setupKeys().stream()
            .filter(k -> partialKey == null || k.partialKey().equalsIgnoreCase(partialKey.strip()))
            .filter(
                k ->
                    product == null
                        || k.covers().stream().anyMatch(c -> c.product().equals(product)))
            .filter(
                k ->
                    edition == null
                        || k.covers().stream()
                            .anyMatch(c -> edition.equalsIgnoreCase(c.edition().orElse(""))))
            .map(SetupKeyView::of)
            .sorted(Comparator.comparing(SetupKeyView::keyId))
            .filter(k -> k.keyId().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    return Page.of(rows, limit, SetupKeyView::keyId);
  }
}
