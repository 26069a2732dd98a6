package io.kagimori.edition.api;

import io.kagimori.edition.domain.ChangeKind;
import io.kagimori.edition.domain.RequestIds;
import io.kagimori.edition.domain.RuleBook;
import io.kagimori.edition.store.ChangeEntity;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import java.util.List;

/** How upgrades and re-images are listed and found. */
final class Changes {
  private Changes() {}

  static Page<ChangeView> page(
      ChangeKind kind, ChangeEntity.Filter filter, int limit, String after, RuleBook rules) {
    List<ChangeView> rows =
        ChangeEntity.after(
                after == null || after.isBlank() ? null : RequestIds.of(after),
                kind,
                filter,
                limit + 1)
            .stream()
            .map(change -> ChangeView.of(change, rules))
            .toList();
    return Page.of(rows, limit, ChangeView::requestId);
  }

  static ChangeView one(ChangeKind kind, String requestId, RuleBook rules) {
    return ChangeEntity.named(RequestIds.of(requestId), kind)
        .map(change -> ChangeView.of(change, rules))
        .orElseThrow(
            () ->
                Problem.of(404, "UNKNOWN_REQUEST", "requestId", "No request of that id.")
                    .exception());
  }
}
