package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EditionPath;
import io.kagimori.contracts.catalogue.EditionPath.Support;
import io.kagimori.contracts.catalogue.EditionPaths;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An evaluation version cannot be activated with an organisation's key: it is converted first. Says
 * so, with the command that does it. Source: edition_paths.csv, seed 001.
 */
final class EvaluationConversion {
  private static final String EVALUATION = "eval";

  private final EditionPaths paths;
  private final Products products;

  EvaluationConversion(Catalogue catalogue) {
    paths = catalogue.editionPaths();
    products = catalogue.products();
  }

  /** The refusal of an evaluation version; empty for every other edition. */
  Optional<Ruling> of(ActivationRequested request, Instant now) {
    if (!request.edition().toLowerCase(Locale.ROOT).contains(EVALUATION)
        || !products.isKnownEdition(request.product(), request.edition())) {
      return Optional.empty();
    }
    List<String> targets =
        paths.from(request.product(), request.edition()).stream()
            .filter(path -> path.method().equals(EditionPath.DISM_SET_EDITION))
            .filter(path -> path.support().filter(Support.YES::equals).isPresent())
            .flatMap(path -> path.toEdition().stream())
            .toList();
    Map<String, Object> detail =
        new Details().with("edition", request.edition()).with("targets", targets).map();
    return Optional.of(
        new Ruling(
            Verdict.REFUSED,
            Reasons.EVAL_CONVERSION_REQUIRED,
            null,
            detail,
            List.of(),
            steps(request.product(), targets),
            now));
  }

  /** The conversion to the nearest full edition, then the restart; the activation comes after. */
  private List<String> steps(String product, List<String> targets) {
    return targets.stream()
        .findFirst()
        .flatMap(
            target ->
                products
                    .setupKeyFor(product, target)
                    .map(SetupKey::keyId)
                    .map(
                        keyId ->
                            List.of(
                                "DISM /Online /Set-Edition:%s /ProductKey:{key:%s} /AcceptEula"
                                    .formatted(target, keyId),
                                "shutdown.exe /r /t 60")))
        .orElse(List.of());
  }
}
