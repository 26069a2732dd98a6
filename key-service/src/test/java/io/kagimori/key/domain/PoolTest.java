package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
  private static final List<Account> ACCOUNTS = List.of(Account.values());

  @Test
  @DisplayName("a move takes from one account and gives to the other")
  void move() {
    Pool bought = Pool.EMPTY.move(Account.PURCHASED, Account.AVAILABLE, 10);
    assertThat(bought).isEqualTo(new Pool(10, 10, 0, 0, 0));
    Pool leased = bought.move(Account.AVAILABLE, Account.RESERVED, 4);
    assertThat(leased).isEqualTo(new Pool(10, 6, 4, 0, 0));
    Pool used = leased.move(Account.RESERVED, Account.CONSUMED, 3);
    assertThat(used).isEqualTo(new Pool(10, 6, 1, 3, 0));
    assertThat(used.move(Account.OVERDRAWN, Account.CONSUMED, 2))
        .isEqualTo(new Pool(10, 6, 1, 5, 2));
    assertThat(used.move(Account.AVAILABLE, Account.PURCHASED, 6))
        .isEqualTo(new Pool(4, 0, 1, 3, 0));
  }

  @Test
  @DisplayName("figures below zero or out of balance are no pool")
  void refused() {
    assertThatThrownBy(() -> new Pool(1, 2, 0, 0, 0)).hasMessage("pool out of balance");
    assertThatThrownBy(() -> new Pool(-1, -1, 0, 0, 0)).hasMessage("pool below zero");
    assertThatThrownBy(() -> Pool.EMPTY.move(Account.AVAILABLE, Account.RESERVED, 1))
        .hasMessage("pool below zero");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 20, 300, 4000})
  @DisplayName(
      "thousands of moves keep the balance and fail only where an account would go below 0")
  void randomMoves(long seed) {
    Random random = new Random(seed);
    Map<Account, Long> held = new EnumMap<>(Account.class);
    for (Account account : Account.values()) {
      held.put(account, 0L);
    }
    Pool pool = Pool.EMPTY;
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      Account from = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
      Account to = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
      long seats = random.nextInt(20);
      Map<Account, Long> after = new EnumMap<>(held);
      after.merge(from, gives(from) ? seats : -seats, Long::sum);
      after.merge(to, gives(to) ? -seats : seats, Long::sum);
      if (after.values().stream().anyMatch(figure -> figure < 0)) {
        Pool before = pool;
        assertThatThrownBy(() -> before.move(from, to, seats)).hasMessage("pool below zero");
        refused++;
        continue;
      }
      pool = pool.move(from, to, seats);
      held = after;
      assertThat(
              new Pool(
                  held.get(Account.PURCHASED),
                  held.get(Account.AVAILABLE),
                  held.get(Account.RESERVED),
                  held.get(Account.CONSUMED),
                  held.get(Account.OVERDRAWN)))
          .isEqualTo(pool);
    }
    assertThat(refused).isBetween(100, 4900);
  }

  private static boolean gives(Account account) {
    return account == Account.PURCHASED || account == Account.OVERDRAWN;
  }
}
