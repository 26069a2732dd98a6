package io.kagimori.stream.api;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items the rows
 * @param next what to pass as {@code after} for the next page; absent on the last
 */
public record Page<T>(List<T> items, String next) {
  /** Rows of a page when the caller does not say. */
  public static final String LIMIT_DEFAULT = "100";

  /** Most rows of a page. */
  public static final int LIMIT_MAX = 1000;

  /**
   * A page out of one row more than asked for: the extra row only says that there is a next page.
   *
   * @param rows up to {@code limit + 1} rows
   * @param limit rows asked for
   * @param cursor what tells a row's place in the list
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    return rows.size() <= limit
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
  }
}
