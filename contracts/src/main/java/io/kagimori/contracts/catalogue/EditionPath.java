package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of edition_paths.csv: a way from one edition to another, open or closed, or a rule that
 * holds for all of them.
 *
 * @param product the product column as written; may name two products or none
 * @param products slugs of the products it is about; empty for rules and version upgrades
 * @param from where it starts, as written
 * @param to where it leads, as written; absent for rules
 * @param method how the edition is changed
 * @param reboot whether a restart follows; absent where it does not apply
 * @param support whether the way is open; absent for rules
 * @param notes remarks
 * @param confidence how well founded
 * @param source where the row was read
 */
public record EditionPath(
    String product,
    List<String> products,
    String from,
    Optional<String> to,
    String method,
    Optional<Boolean> reboot,
    Optional<Support> support,
    Optional<String> notes,
    Confidence confidence,
    String source) {
  /** The method by which {@code DISM /Set-Edition} changes a running server. */
  public static final String DISM_SET_EDITION = "DISM set-edition";

  private static final String RULE = "RULE: ";

  public EditionPath {
    products = List.copyOf(products);
  }

  /** Whether a way is open. */
  public enum Support {
    YES,
    NO,
    UNCLEAR,
    DISCONTINUED
  }

  /** Whether this row is a rule rather than a way. */
  public boolean isRule() {
    return from.startsWith(RULE);
  }

  /** The EditionID at the start; absent where the row names a group of editions. */
  public Optional<String> fromEdition() {
    return editionId(from);
  }

  /** The EditionID at the end; absent where the row names a group of editions. */
  public Optional<String> toEdition() {
    return to.flatMap(EditionPath::editionId);
  }

  /** The EditionIDs this row names. */
  public List<String> editionIds() {
    return Stream.of(fromEdition(), toEdition()).flatMap(Optional::stream).toList();
  }

  /** Whether the row leads from one EditionID to the other, compared without case. */
  public boolean leads(String fromEdition, String toEdition) {
    return fromEdition().filter(fromEdition::equalsIgnoreCase).isPresent()
        && toEdition().filter(toEdition::equalsIgnoreCase).isPresent();
  }

  /** An EditionID is one word, with or without a remark in brackets behind it. */
  private static Optional<String> editionId(String text) {
    int remark = text.indexOf(" (");
    String word = remark < 0 ? text : text.substring(0, remark);
    return Optional.of(word)
        .filter(w -> w.indexOf(' ') < 0 && !Objects.equals(w, "any") && !w.startsWith(RULE));
  }
}
