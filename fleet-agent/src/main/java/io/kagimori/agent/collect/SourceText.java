package io.kagimori.agent.collect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Bytes as text. A byte order mark decides; else UTF-16 by its zero bytes; else UTF-8 where it
 * fits; else the code page whose reading holds the most known labels, since a console writes in the
 * code page of its country and says so nowhere.
 */
final class SourceText {
  private static final List<Charset> CODE_PAGES =
      codePages(
          "windows-1252",
          "windows-31j",
          "x-windows-949",
          "GBK",
          "x-windows-950",
          "windows-1250",
          "IBM850",
          "IBM852",
          "IBM437",
          "windows-1251",
          "IBM866",
          "EUC-JP");

  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  private static final int SAMPLE = 64 * 1024;

  /** What a decoder writes for bytes that are no character. */
  private static final char REPLACEMENT = '\uFFFD';

  private SourceText() {}

  /**
   * Decodes without ever failing.
   *
   * @param knownLabels counts the labels a reading holds; asked only for bytes that are not Unicode
   */
  static String decode(byte[] bytes, ToIntFunction<String> knownLabels) {
    return composed(decodeRaw(bytes, knownLabels));
  }

  private static String decodeRaw(byte[] bytes, ToIntFunction<String> knownLabels) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
      return new String(bytes, 4, bytes.length - 4, UTF_32LE);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean plain = text.indexOf(0) < 0;
    if (plain && text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    Charset wide = plain ? null : wideWithoutMark(bytes);
    if (wide != null) {
      return new String(bytes, wide);
    }
    return isMostlyUtf8(bytes) ? text : new String(bytes, bestCodePage(bytes, knownLabels));
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset wideWithoutMark(byte[] bytes) {
    int even = 0;
    int odd = 0;
    int limit = Math.min(bytes.length, SAMPLE);
    for (int i = 0; i < limit; i++) {
      if (bytes[i] == 0) {
        if (i % 2 == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    if (odd > limit / 8 && even < odd / 8) {
      return StandardCharsets.UTF_16LE;
    }
    return even > limit / 8 && odd < even / 8 ? StandardCharsets.UTF_16BE : null;
  }

  /** A text cut in the middle of a character is still UTF-8; a code page rarely looks like it. */
  private static boolean isMostlyUtf8(byte[] bytes) {
    int good = 0;
    int bad = 0;
    int i = 0;
    while (i < bytes.length) {
      int lead = bytes[i] & 0xFF;
      if (lead < 0x80) {
        i++;
        continue;
      }
      int following = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
      int seen = 0;
      while (seen < following
          && i + seen + 1 < bytes.length
          && (bytes[i + seen + 1] & 0xC0) == 0x80) {
        seen++;
      }
      if (following > 0 && seen == following) {
        good++;
      } else if (following == 0 || i + seen + 1 < bytes.length) {
        bad++;
      }
      i += 1 + seen;
    }
    return bad == 0 || good > 8 * bad;
  }

  private static Charset bestCodePage(byte[] bytes, ToIntFunction<String> knownLabels) {
    byte[] sample = bytes.length <= SAMPLE ? bytes : Arrays.copyOf(bytes, SAMPLE);
    Charset best = CODE_PAGES.get(0);
    int most = -1;
    List<Charset> pages = new ArrayList<>(CODE_PAGES);
    if (bytes.length % 2 == 0) {
      // Without ASCII in it a UTF-16 text has hardly a zero byte to be known by.
      pages.add(StandardCharsets.UTF_16LE);
      pages.add(StandardCharsets.UTF_16BE);
    }
    for (Charset page : pages) {
      String reading = new String(sample, page);
      int score =
          8 * knownLabels.applyAsInt(reading) + likeness(reading, page) - malformed(sample, page);
      if (score > most) {
        most = score;
        best = page;
      }
    }
    return best;
  }

  /** How much a reading looks like the language that its code page is for, at most six. */
  private static int likeness(String reading, Charset page) {
    String name = page.name();
    boolean wide = name.startsWith("UTF-16");
    boolean japanese = wide || name.equals("windows-31j") || name.equals("EUC-JP");
    boolean korean = wide || name.equals("x-windows-949");
    boolean cyrillic = name.equals("windows-1251") || name.equals("IBM866");
    if (!japanese && !korean && !cyrillic) {
      return 0;
    }
    int foreign = 0;
    int own = 0;
    for (int i = 0; i < reading.length(); i++) {
      char c = reading.charAt(i);
      foreign += c >= 128 ? 1 : 0;
      boolean kana = (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC);
      boolean hangul = c >= 0xAC00 && c <= 0xD7A3;
      // Words are small letters next to each other; other code pages misread give capitals.
      boolean russian = isSmallRussian(c) && i > 0 && isSmallRussian(reading.charAt(i - 1));
      own += (japanese && kana) || (korean && hangul) || (cyrillic && russian) ? 1 : 0;
    }
    return foreign == 0 ? 0 : 6 * own / foreign;
  }

  private static boolean isSmallRussian(char c) {
    return c >= 0x430 && c <= 0x44F;
  }

  /** How often the bytes break the rules of a code page, at most eight. */
  private static int malformed(byte[] bytes, Charset page) {
    CharsetDecoder decoder =
        page.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length * 2 + 16);
    int count = 0;
    while (count < 8) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return count;
      }
      count++;
      in.position(Math.min(in.limit(), in.position() + result.length()));
    }
    return count;
  }

  /** Half-width kana and letters written with separate accents become one character each. */
  private static String composed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x300) {
        continue;
      }
      if (c <= 0x36F
          || (c >= 0x1100 && c <= 0x11FF)
          || c == 0x3099
          || c == 0x309A
          || (c >= 0xFF65 && c <= 0xFF9F)) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
      }
    }
    return text;
  }

  private static List<Charset> codePages(String... names) {
    List<Charset> pages = new ArrayList<>();
    for (String name : names) {
      if (Charset.isSupported(name)) {
        pages.add(Charset.forName(name));
      }
    }
    return List.copyOf(pages);
  }
}
