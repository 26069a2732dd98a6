package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.KeyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLedgerTest {
  private static final Instant NOON = Given.NOON;

  private final Given given = new Given();

  /**
   * A second, simpler account of the same events: it remembers what happened to each seat and works
   * the figures out from that, with no ledger at all.
   */
  private static final class Auditor {
    long purchased;
    long saved;
    final Map<Seat.Id, Set<UUID>> open = new HashMap<>();
    final Map<Seat.Id, Integer> successes = new HashMap<>();
    final Map<Seat.Id, Instant> lease = new HashMap<>();

    boolean used(Seat.Id seat) {
      return successes.getOrDefault(seat, 0) > 0;
    }

    boolean waiting(Seat.Id seat) {
      return !used(seat) && !open.getOrDefault(seat, Set.of()).isEmpty();
    }

    long usedSeats() {
      return successes.size();
    }

    long waitingSeats() {
      return open.keySet().stream().filter(this::waiting).count();
    }

    long free() {
      return Math.max(0, purchased - usedSeats() - waitingSeats());
    }

    long owed() {
      return Math.max(0, usedSeats() + waitingSeats() - purchased);
    }

    void granted(Seat.Id seat, UUID request, Instant leaseUntil) {
      if (used(seat)) {
        saved++;
      }
      boolean shared = waiting(seat);
      lease.merge(seat, leaseUntil, (a, b) -> shared && a.isAfter(b) ? a : b);
      open.computeIfAbsent(seat, id -> new HashSet<>()).add(request);
    }

    void ended(Seat.Id seat, UUID request, boolean success) {
      boolean late = !open.getOrDefault(seat, Set.of()).remove(request);
      // A late success on a used seat looks like the repeated report of an earlier one.
      if (success && !(late && used(seat))) {
        successes.merge(seat, 1, Integer::sum);
      }
    }

    void agreesWith(KeyLedger ledger, String keyId) {
      assertThat(ledger.pool(keyId))
          .isEqualTo(new Pool(purchased, free(), waitingSeats(), usedSeats(), owed()));
      assertThat(ledger.saved(keyId)).isEqualTo(saved);
    }

    void agreesWith(Seat seat) {
      Seat.Id id = seat.id();
      assertThat(seat.state())
          .isEqualTo(
              used(id)
                  ? Seat.State.CONSUMED
                  : waiting(id) ? Seat.State.RESERVED : Seat.State.RELEASED);
      assertThat(seat.activations()).isEqualTo(successes.getOrDefault(id, 0));
      if (seat.state() == Seat.State.RESERVED) {
        assertThat(seat.openRequests()).isEqualTo(open.get(id));
        assertThat(seat.leaseUntil()).isEqualTo(lease.get(id));
      } else {
        assertThat(seat.leaseUntil()).isNull();
      }
    }
  }

  private record Granted(Seat.Id seat, UUID request) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 77, 777, 7777, 77777})
  @DisplayName(
      "random grants, ends, late successes and purchases agree with an independent account")
  void randomSequences(long seed) {
    Random random = new Random(seed);
    KeyLedger ledger = given.ledger;
    RegisteredKey key = given.mak("k", 0).here();
    Auditor auditor = new Auditor();
    List<Granted> running = new ArrayList<>();
    List<Granted> ended = new ArrayList<>();
    Set<UUID> causes = new HashSet<>();
    long overdrafts = 0;
    for (int step = 0; step < 3000; step++) {
      UUID cause = new UUID(seed, step);
      Instant now = NOON.plusSeconds(step);
      causes.add(cause);
      switch (random.nextInt(10)) {
        case 0 -> {
          long purchased = random.nextInt(60);
          if (purchased >= auditor.purchased
              || auditor.purchased - purchased <= ledger.pool("k").available()) {
            ledger.register(key, purchased, cause, now);
            auditor.purchased = purchased;
          }
        }
        case 1, 2, 3, 4 -> {
          Seat.Id seat =
              new Seat.Id("pc-" + random.nextInt(80), "k", random.nextBoolean() ? "" : "iid");
          boolean held = ledger.seat(seat).filter(Seat::held).isPresent();
          if (held || ledger.pool("k").available() > 0) {
            Instant lease = now.plusSeconds(random.nextInt(100_000));
            assertThat(ledger.reserve(seat, lease, cause, now)).isEqualTo(held);
            auditor.granted(seat, cause, lease);
            running.add(new Granted(seat, cause));
          }
        }
        case 5, 6, 7, 8 -> {
          if (!running.isEmpty()) {
            Granted granted = running.remove(random.nextInt(running.size()));
            boolean success = random.nextInt(4) == 0;
            end(ledger, granted, success, cause, now);
            auditor.ended(granted.seat(), granted.request(), success);
            if (!success) {
              ended.add(granted);
            }
          }
        }
        default -> {
          // A success that is reported after the lease ran out. Where other requests wait on the
          // seat by now, the ledger cannot tell whose success it is, and need not.
          if (!ended.isEmpty()) {
            Granted late = ended.remove(random.nextInt(ended.size()));
            end(ledger, late, true, cause, now);
            auditor.ended(late.seat(), late.request(), true);
          }
        }
      }
      auditor.agreesWith(ledger, "k");
      overdrafts += ledger.pool("k").overdrawn() > 0 ? 1 : 0;
    }
    ledger.changedSeats().forEach(auditor::agreesWith);
    assertThat(ledger.changedSeats()).hasSizeGreaterThan(50);
    assertThat(overdrafts).as("steps with an overdraft").isPositive();
    addUp(ledger, causes);
  }

  private static void end(
      KeyLedger ledger, Granted granted, boolean success, UUID cause, Instant now) {
    if (success) {
      ledger.consume(granted.seat(), granted.request(), cause, now);
    } else {
      ledger.release(granted.seat(), granted.request(), cause, now);
    }
  }

  /** The entries alone give the figures, and each names its event. */
  private static void addUp(KeyLedger ledger, Set<UUID> causes) {
    Pool sum = Pool.EMPTY;
    for (LedgerEntry entry : ledger.entries()) {
      assertThat(entry.seats()).isPositive();
      assertThat(causes).contains(entry.eventId());
      sum = sum.move(entry.from(), entry.to(), entry.seats());
    }
    assertThat(sum).isEqualTo(ledger.pool("k"));
  }

  @Test
  @DisplayName("a success or failure that is reported twice counts once")
  void reportedTwice() {
    given.mak("k", 2).here();
    Seat.Id seat = new Seat.Id("pc", "k", "iid");
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    given.ledger.reserve(seat, NOON.plusSeconds(60), one, NOON);
    given.ledger.reserve(seat, NOON.plusSeconds(60), other, NOON);

    given.ledger.release(seat, one, UUID.randomUUID(), NOON);
    given.ledger.release(seat, one, UUID.randomUUID(), NOON);
    assertThat(given.ledger.pool("k").reserved()).isEqualTo(1);

    given.ledger.consume(seat, other, UUID.randomUUID(), NOON);
    given.ledger.consume(seat, other, UUID.randomUUID(), NOON);
    assertThat(given.ledger.seat(seat)).map(Seat::activations).hasValue(1);
    assertThat(given.ledger.pool("k")).isEqualTo(new Pool(2, 1, 0, 1, 0));
  }

  @Test
  @DisplayName("S4-23 a confirmed seat is used again without another, and counts as saved")
  void saved() {
    given.mak("k", 2).here();
    Seat.Id seat = new Seat.Id("pc", "k", "iid");
    UUID first = UUID.randomUUID();
    given.ledger.reserve(seat, NOON.plusSeconds(60), first, NOON);
    given.ledger.consume(seat, first, UUID.randomUUID(), NOON);
    int entries = given.ledger.entries().size();

    boolean reused =
        given.ledger.reserve(seat, NOON.plusSeconds(90), UUID.randomUUID(), NOON.plusSeconds(1));

    assertThat(reused).isTrue();
    assertThat(given.figures("k")).containsExactly(2L, 1L, 0L, 1L, 0L);
    assertThat(given.ledger.saved("k")).isEqualTo(1);
    assertThat(given.ledger.entries()).hasSize(entries);
    assertThat(given.ledger.changedKeys()).containsEntry("k", NOON.plusSeconds(1));
  }

  @Test
  @DisplayName("S4-23 changed hardware is another installation and takes a seat of its own")
  void otherInstallation() {
    given.mak("k", 2).here();
    given.ledger.reserve(new Seat.Id("pc", "k", "old"), NOON, UUID.randomUUID(), NOON);
    boolean reused =
        given.ledger.reserve(new Seat.Id("pc", "k", "new"), NOON, UUID.randomUUID(), NOON);
    assertThat(reused).isFalse();
    assertThat(given.figures("k")).containsExactly(2L, 0L, 2L, 0L, 0L);
    assertThat(given.ledger.saved("k")).isZero();
  }

  @Test
  @DisplayName("pools that would serve: bound to the site, then earliest end, then most available")
  void poolOrder() {
    Instant soon = NOON.plusSeconds(3600);
    given.mak("z-everywhere-most", 90).here();
    given.mak("a-everywhere", 50).here();
    given.mak("b-everywhere", 50).here();
    given.mak("everywhere-ends", 1).expiresAt(soon).here();
    given.mak("everywhere-ends-later", 80).expiresAt(soon.plusSeconds(1)).here();
    given.mak("tokyo", 2).site("tokyo").here();
    given.mak("tokyo-ends", 1).site("tokyo").expiresAt(soon.plusSeconds(7)).here();
    given.mak("osaka", 9).site("osaka").here();
    given.mak("blocked", 9).blocked().here();
    given.mak("expired", 9).expiresAt(NOON).here();
    given.mak("datacenter", 9).covers(Given.SERVER, Given.DATACENTER).here();
    given.key("esu", KeyKind.ESU_MAK, 9).here();

    assertThat(order("tokyo"))
        .containsExactly(
            "tokyo-ends",
            "tokyo",
            "everywhere-ends",
            "everywhere-ends-later",
            "z-everywhere-most",
            "a-everywhere",
            "b-everywhere");
    assertThat(order(null)).first().isEqualTo("everywhere-ends");
    assertThat(order(null)).doesNotContain("tokyo", "osaka");
  }

  private List<String> order(String site) {
    return given.ledger.pools(KeyKind.MAK, Given.SERVER, "serverSTANDARD", site, NOON).stream()
        .map(RegisteredKey::keyId)
        .toList();
  }
}
