package io.kagimori.key.domain;

/**
 * The seats of one key. Immutable; none of the figures is ever negative and they always balance.
 *
 * @param purchased seats bought
 * @param available seats free
 * @param reserved seats on lease
 * @param consumed seats used up
 * @param overdrawn seats used beyond what was bought
 */
public record Pool(long purchased, long available, long reserved, long consumed, long overdrawn) {

  /** A pool without seats. */
  public static final Pool EMPTY = new Pool(0, 0, 0, 0, 0);

  public Pool {
    if (purchased < 0 || available < 0 || reserved < 0 || consumed < 0 || overdrawn < 0) {
      throw new IllegalArgumentException("pool below zero");
    }
    if (purchased + overdrawn != available + reserved + consumed) {
      throw new IllegalArgumentException("pool out of balance");
    }
  }

  /** The pool after seats moved between two accounts. */
  public Pool move(Account from, Account to, long seats) {
    return new Pool(
        purchased + source(Account.PURCHASED, from, to, seats),
        available + target(Account.AVAILABLE, from, to, seats),
        reserved + target(Account.RESERVED, from, to, seats),
        consumed + target(Account.CONSUMED, from, to, seats),
        overdrawn + source(Account.OVERDRAWN, from, to, seats));
  }

  // The two source accounts count what they gave, the three targets what they hold.
  private static long source(Account account, Account from, Account to, long seats) {
    return (from == account ? seats : 0) - (to == account ? seats : 0);
  }

  private static long target(Account account, Account from, Account to, long seats) {
    return (to == account ? seats : 0) - (from == account ? seats : 0);
  }
}
