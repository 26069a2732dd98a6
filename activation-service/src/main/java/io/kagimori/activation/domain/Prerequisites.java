package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Updates and builds that a license needs before it can be activated. The catalogue knows them for
 * add-on licenses (esu_requirements.csv); base licenses need none that anybody wrote down. Pure.
 */
public final class Prerequisites {
  private final List<EsuRequirement> requirements;
  private final Set<String> needed;

  public Prerequisites(Catalogue catalogue) {
    requirements =
        catalogue.esuPrograms().requirements().stream()
            .filter(r -> r.forUpdate().isEmpty())
            .filter(
                r ->
                    r.kind() == EsuRequirement.Kind.UPDATE
                        || r.kind() == EsuRequirement.Kind.MIN_BUILD)
            .toList();
    needed =
        requirements.stream()
            .filter(r -> r.kind() == EsuRequirement.Kind.UPDATE)
            .flatMap(r -> r.accepted().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of the listed updates that something needs. */
  InstalledUpdates installed(Collection<String> listed, Instant at) {
    return new InstalledUpdates(
        listed.stream()
            .map(Prerequisites::number)
            .filter(needed::contains)
            .sorted()
            .distinct()
            .toList(),
        at);
  }

  /**
   * What a product lacks before an add-on license can be activated; absent where nothing is needed
   * or nobody listed the updates.
   */
  Optional<List<String>> missing(String product, Device device) {
    List<EsuRequirement> own =
        requirements.stream().filter(r -> r.product().equals(product)).toList();
    InstalledUpdates installed = device.evidence().updates();
    if (own.isEmpty() || installed == null) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    for (EsuRequirement requirement : own) {
      boolean there =
          requirement.kind() == EsuRequirement.Kind.UPDATE
              ? requirement.accepted().stream().anyMatch(installed.numbers()::contains)
              : isBuildReached(device.installed().osBuild(), requirement.accepted().get(0));
      if (!there) {
        missing.add(String.join(" / ", requirement.accepted()));
      }
    }
    return Optional.of(missing);
  }

  /** A build that nobody told cannot be held against a device. */
  private static boolean isBuildReached(String build, String least) {
    if (build == null) {
      return true;
    }
    String[] have = build.strip().split("\\.");
    String[] want = least.split("\\.");
    // With the leading 10.0 of some tools the build itself is the third part.
    int from = have.length >= 3 && have[0].equals("10") && have[1].equals("0") ? 2 : 0;
    for (int i = 0; i < want.length; i++) {
      if (from + i >= have.length || !have[from + i].matches("\\d{1,9}")) {
        return true;
      }
      int difference = Integer.compare(Integer.parseInt(have[from + i]), Integer.parseInt(want[i]));
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  private static String number(String listed) {
    String upper = listed.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith("KB") ? upper : "KB" + upper;
  }
}
