package io.kagimori.edition.domain;

import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a device before and after: some changes cost features or usable memory. */
final class PostCheck {
  private PostCheck() {}

  static Optional<Warning> of(EditionUpgradeRequested before, EditionStageReported after) {
    List<String> missing =
        before.features() == null || after.features() == null
            ? List.of()
            : before.features().stream()
                .filter(feature -> after.features().stream().noneMatch(feature::equalsIgnoreCase))
                .toList();
    boolean less =
        before.usableMemoryMb() != null
            && after.usableMemoryMb() != null
            && after.usableMemoryMb() < before.usableMemoryMb();
    Map<String, Object> detail =
        new Details()
            .with("missingFeatures", missing.isEmpty() ? null : missing)
            .with("usableMemoryMbBefore", less ? before.usableMemoryMb() : null)
            .with("usableMemoryMbAfter", less ? after.usableMemoryMb() : null)
            .map();
    return detail.isEmpty()
        ? Optional.empty()
        : Optional.of(new Warning(Reasons.POST_CHECK_WARNING, detail));
  }
}
