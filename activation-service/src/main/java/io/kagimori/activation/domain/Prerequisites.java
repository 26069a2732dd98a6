package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Updates and builds that a license needs before it can be activated. The catalogue knows them for
 * add-on licenses (esu_requirements.csv), the organization for base licenses ({@link
 * UpdateBaseline}). Pure.
 */
public final class Prerequisites {
  private static final String UPDATE_PREFIX = "KB";
  private static final Pattern UPDATE = Pattern.compile("KB\\d{1,9}");

  /** Of each requirement one of its alternatives is enough. */
  private final Map<String, List<List<String>>> addOns = new HashMap<>();

  private final Map<String, List<List<String>>> base;
  private final Set<String> needed;

  public Prerequisites(Catalogue catalogue, UpdateBaseline baseline) {
    for (EsuRequirement requirement : catalogue.esuPrograms().requirements()) {
      boolean counts =
          requirement.kind() == EsuRequirement.Kind.UPDATE
              || requirement.kind() == EsuRequirement.Kind.MIN_BUILD;
      if (counts && requirement.forUpdate().isEmpty()) {
        addOns
            .computeIfAbsent(requirement.product(), product -> new ArrayList<>())
            .add(requirement.accepted());
      }
    }
    base = baseline.products();
    needed =
        Stream.concat(addOns.values().stream(), base.values().stream())
            .flatMap(List::stream)
            .flatMap(List::stream)
            .filter(Prerequisites::isUpdate)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of the listed updates that something needs, and the newest of all. */
  InstalledUpdates installed(Collection<String> listed, Instant at) {
    List<String> all = listed.stream().map(Prerequisites::number).distinct().sorted().toList();
    return new InstalledUpdates(
        all.stream().filter(needed::contains).toList(),
        at,
        all.stream()
            .filter(number -> UPDATE.matcher(number).matches())
            .max(InstalledUpdates.BY_NUMBER)
            .orElse(null));
  }

  /**
   * What a product lacks before its license can be activated; absent where nothing is needed, or
   * where what was told of the device does not show it.
   *
   * @param product slug; null where nobody told it
   * @param addOn whether the license is one that is added to the base license
   */
  Optional<List<String>> missing(String product, boolean addOn, Device device) {
    List<List<String>> own =
        product == null ? List.of() : (addOn ? addOns : base).getOrDefault(product, List.of());
    List<String> missing = new ArrayList<>();
    boolean untold = own.isEmpty();
    for (List<String> accepted : own) {
      Optional<Boolean> there = isThere(accepted, device);
      untold |= there.isEmpty();
      if (!there.orElse(true)) {
        missing.add(String.join(" / ", accepted));
      }
    }
    return untold && missing.isEmpty() ? Optional.empty() : Optional.of(missing);
  }

  private static Optional<Boolean> isThere(List<String> accepted, Device device) {
    InstalledUpdates installed = device.evidence().updates();
    if (installed != null && accepted.stream().anyMatch(installed.numbers()::contains)) {
      return Optional.of(true);
    }
    List<Optional<Boolean>> builds =
        accepted.stream()
            .filter(one -> !isUpdate(one))
            .map(least -> Builds.reached(device.installed().osBuild(), least))
            .toList();
    if (builds.contains(Optional.of(true))) {
      return Optional.of(true);
    }
    if (builds.size() < accepted.size()) {
      return installed == null ? Optional.empty() : Optional.of(false);
    }
    // A build that nobody told cannot be held against a device that told everything else.
    return builds.contains(Optional.of(false))
        ? Optional.of(false)
        : Optional.ofNullable(installed).map(told -> true);
  }

  private static boolean isUpdate(String accepted) {
    return accepted.startsWith(UPDATE_PREFIX);
  }

  private static String number(String listed) {
    String upper = listed.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith(UPDATE_PREFIX) ? upper : UPDATE_PREFIX + upper;
  }
}
