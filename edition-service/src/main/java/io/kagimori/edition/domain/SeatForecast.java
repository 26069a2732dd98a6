package io.kagimori.edition.domain;

import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which pool the activation after a change will take its seat from, and whether it has one. The
 * same for a preflight and for the real run: each promise is kept in mind for the next. Pure apart
 * from noting the promise in the key book.
 */
final class SeatForecast {
  private SeatForecast() {}

  /**
   * A seat as it is foreseen.
   *
   * @param poolKeyId the pool; null where no seat is needed or no pool fits
   * @param warnings what speaks against it
   */
  record Seat(String poolKeyId, List<Warning> warnings) {}

  static Seat of(
      KeyBook book,
      DeviceEdition device,
      String keyId,
      String product,
      String edition,
      String site,
      String installationId,
      Instant now) {
    List<KeyState> pools =
        keyId == null
            ? book.pools(product, edition, site, now)
            : book.byId(keyId).map(List::of).orElse(List.of());
    if (pools.isEmpty()) {
      return new Seat(
          null,
          List.of(
              new Warning(
                  Reasons.NO_KEY,
                  new Details().with("product", product).with("edition", edition).map())));
    }
    Optional<KeyState> held =
        pools.stream().filter(p -> device.holdsSeat(p.keyId(), installationId)).findFirst();
    if (held.isPresent()) {
      return new Seat(null, List.of());
    }
    Optional<KeyState> withSeat = pools.stream().filter(p -> book.free(p) > 0).findFirst();
    KeyState pool = withSeat.orElse(pools.get(0));
    List<Warning> warnings = new ArrayList<>();
    book.promise(pool.keyId());
    if (withSeat.isEmpty()) {
      warnings.add(
          new Warning(
              Reasons.SHORTFALL,
              new Details()
                  .with("keyId", pool.keyId())
                  .with("available", pool.available())
                  .with("missing", -book.free(pool))
                  .map()));
    }
    return new Seat(pool.keyId(), warnings);
  }
}
