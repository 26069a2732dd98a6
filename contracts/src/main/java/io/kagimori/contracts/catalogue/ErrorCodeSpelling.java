package io.kagimori.contracts.catalogue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the row of the catalogue that a spelling of a code means.
 *
 * <p>Digits alone are ambiguous, and the catalogue decides, in this order: an exit code ({@code
 * 1605}), eight digits of an HRESULT printed without its {@code 0x} ({@code 80070661}, as update
 * logs do), an HRESULT as a decimal number, a Win32 error that the catalogue lists as HRESULT
 * ({@code 1603} for 0x80070643).
 */
final class ErrorCodeSpelling {
  /** High half of an HRESULT made from a Win32 error. */
  private static final long WIN32_FACILITY = 0x8007_0000L;

  private final Map<String, ErrorCodeRow> byCode = new HashMap<>();
  private final Map<String, ErrorCodeRow> bySymbol = new HashMap<>();

  ErrorCodeSpelling(List<ErrorCodeRow> rows) {
    for (ErrorCodeRow row : rows) {
      byCode.put(row.code().toUpperCase(Locale.ROOT), row);
    }
    // Several rows may carry one symbol: its plain bearer wins, then the HRESULT, then the order.
    List<ErrorCodeRow> ranked = new ArrayList<>(rows);
    ranked.sort((a, b) -> Integer.compare(symbolRank(a), symbolRank(b)));
    for (ErrorCodeRow row : ranked) {
      row.symbol().ifPresent(s -> bySymbol.putIfAbsent(word(s).toUpperCase(Locale.ROOT), row));
    }
  }

  private static int symbolRank(ErrorCodeRow row) {
    boolean plain = row.symbol().filter(s -> s.equals(word(s))).isPresent();
    return plain ? 0 : row.isHresult() ? 1 : 2;
  }

  private static String word(String symbol) {
    int remark = symbol.indexOf(" (");
    return remark < 0 ? symbol : symbol.substring(0, remark);
  }

  Optional<ErrorCodeRow> find(String any) {
    String text =
        Normalizer.normalize(any, Normalizer.Form.NFKC)
            .strip()
            .replace('\u2212', '-')
            .replace('\u2010', '-')
            .replace('\u2013', '-')
            .toUpperCase(Locale.ROOT);
    ErrorCodeRow named = bySymbol.get(text);
    if (named != null) {
      return Optional.of(named);
    }
    if (text.startsWith("0X") || text.startsWith("&H")) {
      return hexadecimal(text.substring(2));
    }
    if (isAll(text, 10)) {
      return decimal(text);
    }
    if (text.startsWith("-") && isAll(text.substring(1), 10)) {
      return number(text).filter(n -> n >= Integer.MIN_VALUE).flatMap(n -> coded((int) (long) n));
    }
    ErrorCodeRow own = byCode.get(text);
    return own != null
        ? Optional.of(own)
        : hexadecimal(text.endsWith("H") ? text.substring(0, text.length() - 1) : text);
  }

  private Optional<ErrorCodeRow> decimal(String digits) {
    Optional<Long> number = number(digits);
    return exitCode(number)
        .or(() -> digits.length() == 8 ? hexadecimal(digits) : Optional.empty())
        .or(() -> number.filter(n -> n <= 0xFFFF_FFFFL).flatMap(n -> coded((int) (long) n)))
        .or(
            () ->
                number.filter(n -> n <= 0xFFFF).flatMap(n -> hresult((int) (WIN32_FACILITY | n))));
  }

  private Optional<ErrorCodeRow> hexadecimal(String digits) {
    // Some tools sign-extend an HRESULT to 64 bits.
    String low =
        digits.length() == 16 && digits.startsWith("FFFFFFFF") ? digits.substring(8) : digits;
    if (low.length() > 8 || !isAll(low, 16)) {
      return Optional.empty();
    }
    return coded(Integer.parseUnsignedInt(low, 16));
  }

  /** The row of 32 bits: an HRESULT, or the Win32 error in it that the catalogue lists bare. */
  private Optional<ErrorCodeRow> coded(int value) {
    Optional<ErrorCodeRow> row = hresult(value);
    long code = Integer.toUnsignedLong(value);
    boolean win32 = code <= 0xFFFF || (code & 0xFFFF_0000L) == WIN32_FACILITY;
    return row.isEmpty() && win32 ? exitCode(Optional.of(code & 0xFFFF)) : row;
  }

  private Optional<ErrorCodeRow> hresult(int value) {
    return Optional.ofNullable(byCode.get(String.format("0X%08X", value)));
  }

  private Optional<ErrorCodeRow> exitCode(Optional<Long> number) {
    return number.map(n -> byCode.get(Long.toString(n)));
  }

  private static Optional<Long> number(String digits) {
    try {
      return Optional.of(Long.valueOf(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isAll(String text, int radix) {
    return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
  }
}
