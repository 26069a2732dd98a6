package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.EditionPath;
import io.kagimori.contracts.catalogue.EditionPath.Support;
import io.kagimori.contracts.catalogue.EditionPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ways between editions (edition_paths.csv), arranged for looking up by thousands. */
final class EditionWays {
  private static final String DOMAIN_CONTROLLER = "(domain controller)";

  private final Map<Leg, EditionPath> ways = new HashMap<>();
  private final Map<Start, List<EditionPath>> starts = new HashMap<>();
  private final Map<String, List<String>> closedForControllers = new HashMap<>();

  private record Leg(String product, String from, String to) {}

  private record Start(String product, String from) {}

  EditionWays(EditionPaths paths) {
    for (EditionPath path : paths.all()) {
      for (String product : path.products()) {
        if (path.from().endsWith(DOMAIN_CONTROLLER)) {
          String from = path.from().substring(0, path.from().length() - DOMAIN_CONTROLLER.length());
          closedForControllers
              .computeIfAbsent(product, p -> new ArrayList<>())
              .add(lower(from.strip()));
        } else if (path.fromEdition().isPresent() && path.toEdition().isPresent()) {
          String from = lower(path.fromEdition().get());
          ways.putIfAbsent(new Leg(product, from, lower(path.toEdition().get())), path);
          starts.computeIfAbsent(new Start(product, from), s -> new ArrayList<>()).add(path);
        }
      }
    }
  }

  /** The way between two editions of a product, open or closed. */
  Optional<EditionPath> find(String product, String from, String to) {
    EditionPath path = ways.get(new Leg(product, lower(from), lower(to)));
    if (path == null && isN(from) && isN(to)) {
      // N variants follow the table of the plain editions and stay N.
      path = ways.get(new Leg(product, lower(withoutN(from)), lower(withoutN(to))));
    }
    return Optional.ofNullable(path);
  }

  /** Editions that may be reached from one, as the table knows them. */
  List<String> openFrom(String product, String from) {
    return starts.getOrDefault(new Start(product, lower(from)), List.of()).stream()
        .filter(path -> path.support().filter(Support.YES::equals).isPresent())
        .map(path -> path.toEdition().orElseThrow())
        .distinct()
        .toList();
  }

  /** Whether the other direction is open, so that this one would lower the edition. */
  boolean isDowngrade(String product, String from, String to) {
    return find(product, to, from)
        .flatMap(EditionPath::support)
        .filter(Support.YES::equals)
        .isPresent();
  }

  /** Whether a domain controller of this edition cannot be changed. */
  boolean isClosedForControllers(String product, String from) {
    return Editions.isEvaluation(from)
        || closedForControllers.getOrDefault(product, List.of()).stream()
            .anyMatch(closed -> closed.equals("any") || closed.equalsIgnoreCase(from));
  }

  private static boolean isN(String edition) {
    return edition.length() > 1 && edition.endsWith("N");
  }

  private static String withoutN(String edition) {
    return edition.substring(0, edition.length() - 1);
  }

  private static String lower(String edition) {
    return edition.toLowerCase(Locale.ROOT);
  }
}
