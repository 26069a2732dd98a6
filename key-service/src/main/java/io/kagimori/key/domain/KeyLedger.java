package io.kagimori.key.domain;

import io.kagimori.contracts.event.KeyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keys, pools and seats that a batch touches, folded one request after another. Loaded by the store
 * with the rows locked, written back set-wise. Not for several threads.
 */
public final class KeyLedger {
  private final Map<String, RegisteredKey> keys = new TreeMap<>();
  private final Map<String, Pool> pools = new LinkedHashMap<>();
  private final Map<String, Long> saved = new LinkedHashMap<>();
  private final Map<Seat.Id, Seat> seats = new LinkedHashMap<>();
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final Map<String, Instant> changedKeys = new TreeMap<>();
  private final Set<Seat.Id> changedSeats = new LinkedHashSet<>();

  /** Puts in a key as it was read. */
  public void loaded(RegisteredKey key, Pool pool, long savedActivations) {
    keys.put(key.keyId(), key);
    pools.put(key.keyId(), pool);
    saved.put(key.keyId(), savedActivations);
  }

  /** Puts in a seat as it was read. */
  public void loaded(Seat seat) {
    seats.put(seat.id(), seat);
  }

  /** The key of that name. */
  public Optional<RegisteredKey> key(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /** All keys of the batch, by name. */
  public Stream<RegisteredKey> keys() {
    return keys.values().stream();
  }

  /** The pool of a key that is here. */
  public Pool pool(String keyId) {
    return pools.get(keyId);
  }

  /** How many activations of the key reused a seat. */
  public long saved(String keyId) {
    return saved.get(keyId);
  }

  /** The seat, held or released, if the device ever had it. */
  public Optional<Seat> seat(Seat.Id id) {
    return Optional.ofNullable(seats.get(id));
  }

  /** The devices that hold a seat on the key, in the order of their names. */
  public List<String> holders(String keyId) {
    return seats.values().stream()
        .filter(seat -> seat.held() && seat.id().keyId().equals(keyId))
        .map(seat -> seat.id().deviceId())
        .distinct()
        .sorted()
        .toList();
  }

  /** Registers a key, or replaces what was known of it; seats bought later are added. */
  public void register(RegisteredKey key, long purchased, UUID cause, Instant now) {
    keys.put(key.keyId(), key);
    pools.putIfAbsent(key.keyId(), Pool.EMPTY);
    saved.putIfAbsent(key.keyId(), 0L);
    long bought = purchased - pool(key.keyId()).purchased();
    if (bought > 0) {
      move(key.keyId(), Account.PURCHASED, Account.AVAILABLE, bought, cause, now);
      long owed = Math.min(bought, pool(key.keyId()).overdrawn());
      move(key.keyId(), Account.AVAILABLE, Account.OVERDRAWN, owed, cause, now);
    } else {
      move(key.keyId(), Account.AVAILABLE, Account.PURCHASED, -bought, cause, now);
    }
    changedKeys.put(key.keyId(), now);
  }

  /**
   * Reserves a seat for a request, or shares the one the device holds.
   *
   * @return whether the device held it
   */
  public boolean reserve(Seat.Id id, Instant leaseUntil, UUID request, Instant now) {
    Seat seat = seats.get(id);
    if (seat != null && seat.held()) {
      share(seat, request, leaseUntil, now);
      return true;
    }
    move(id.keyId(), Account.AVAILABLE, Account.RESERVED, 1, request, now);
    int activations = seat == null ? 0 : seat.activations();
    put(new Seat(id, Seat.State.RESERVED, Set.of(request), activations, leaseUntil));
    return false;
  }

  private void share(Seat seat, UUID request, Instant leaseUntil, Instant now) {
    boolean reserved = seat.state() == Seat.State.RESERVED;
    put(
        new Seat(
            seat.id(),
            seat.state(),
            with(seat.openRequests(), request),
            seat.activations(),
            reserved ? later(seat.leaseUntil(), leaseUntil) : null));
    if (!reserved) {
      saved.merge(seat.id().keyId(), 1L, Long::sum);
      changedKeys.put(seat.id().keyId(), now);
    }
  }

  /**
   * An activation on the seat succeeded; it costs a seat even where none was left, because it
   * happened. A second report of one success is no second activation: the request is no longer open
   * and the seat is consumed already.
   */
  public void consume(Seat.Id id, UUID request, UUID cause, Instant now) {
    Seat seat = seats.getOrDefault(id, new Seat(id, Seat.State.RELEASED, Set.of(), 0, null));
    boolean open = seat.openRequests().contains(request);
    if (seat.state() == Seat.State.CONSUMED && !open) {
      return;
    }
    switch (seat.state()) {
      case RELEASED ->
          move(
              id.keyId(),
              pool(id.keyId()).available() > 0 ? Account.AVAILABLE : Account.OVERDRAWN,
              Account.CONSUMED,
              1,
              cause,
              now);
      case RESERVED -> move(id.keyId(), Account.RESERVED, Account.CONSUMED, 1, cause, now);
      case CONSUMED -> {
        // A seat that was used before is used again, and costs nothing more.
      }
    }
    put(
        new Seat(
            id,
            Seat.State.CONSUMED,
            without(seat.openRequests(), request),
            seat.activations() + 1,
            null));
  }

  /** A request on the seat ended without success; the last one gives the reservation back. */
  public void release(Seat.Id id, UUID request, UUID cause, Instant now) {
    Seat seat = seats.get(id);
    if (seat == null || !seat.openRequests().contains(request)) {
      return;
    }
    Set<UUID> open = without(seat.openRequests(), request);
    if (seat.state() == Seat.State.RESERVED && open.isEmpty()) {
      // A seat that comes back pays what is owed first; it was never bought twice.
      Account to = pool(id.keyId()).overdrawn() > 0 ? Account.OVERDRAWN : Account.AVAILABLE;
      move(id.keyId(), Account.RESERVED, to, 1, cause, now);
      put(new Seat(id, Seat.State.RELEASED, open, seat.activations(), null));
    } else {
      put(new Seat(id, seat.state(), open, seat.activations(), seat.leaseUntil()));
    }
  }

  private static Set<UUID> with(Set<UUID> requests, UUID one) {
    Set<UUID> more = new HashSet<>(requests);
    more.add(one);
    return more;
  }

  private static Set<UUID> without(Set<UUID> requests, UUID one) {
    Set<UUID> fewer = new HashSet<>(requests);
    fewer.remove(one);
    return fewer;
  }

  /** Replaces what is known of a key without touching its pool. */
  public void replace(RegisteredKey key, Instant now) {
    keys.put(key.keyId(), key);
    changedKeys.put(key.keyId(), now);
  }

  /**
   * The pools that would serve, best first: bound to the site, earliest end date, most available.
   */
  public List<RegisteredKey> pools(
      KeyKind kind, String product, String edition, String site, Instant now) {
    return keys()
        .filter(key -> key.kind() == kind && !key.blocked() && !key.expiredAt(now))
        .filter(key -> key.covers(product, edition) && key.serves(site))
        .sorted(
            Comparator.comparing((RegisteredKey key) -> key.site() == null)
                .thenComparing(
                    RegisteredKey::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(key -> -pool(key.keyId()).available())
                .thenComparing(RegisteredKey::keyId))
        .toList();
  }

  private void move(
      String keyId, Account from, Account to, long seatCount, UUID cause, Instant now) {
    if (seatCount == 0) {
      return;
    }
    pools.computeIfPresent(keyId, (id, pool) -> pool.move(from, to, seatCount));
    entries.add(new LedgerEntry(keyId, cause, from, to, seatCount, now));
    changedKeys.put(keyId, now);
  }

  private void put(Seat seat) {
    seats.put(seat.id(), seat);
    changedSeats.add(seat.id());
  }

  private static Instant later(Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }

  /** Entries made since loading, in order. */
  public List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }

  /** Keys changed since loading, by name, each with the record time of its last change. */
  public Map<String, Instant> changedKeys() {
    return Map.copyOf(changedKeys);
  }

  /** Seats changed since loading. */
  public Collection<Seat> changedSeats() {
    return changedSeats.stream().map(seats::get).toList();
  }
}
