package io.kagimori.agent.collect;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells files that are no text, and what would make a text of those that hold one. */
final class BinaryFile {
  /** What a file begins with, in Latin-1, and what it is then. */
  private static final Map<String, String> MAGIC = new LinkedHashMap<>();

  /** Of a text hardly any character controls a terminal; of other data a good many do. */
  private static final int CONTROLS_PERCENT = 5;

  private static final int SAMPLE = 64 * 1024;

  static {
    MAGIC.put("ElfFile\0", "an event log in its binary form; export it as text or XML first");
    MAGIC.put("PK\u0003\u0004", "a ZIP archive or an Office document; unpack or export it first");
    MAGIC.put("\u001F\u008B", "compressed; unpack it first");
    MAGIC.put("7z\u00BC\u00AF", "a 7-Zip archive; unpack it first");
    MAGIC.put("MSCF", "a cabinet file; unpack it first");
    MAGIC.put("%PDF-", "a PDF document; export it as text first");
    MAGIC.put("\u00D0\u00CF\u0011\u00E0", "an Office document; export it as text or CSV first");
    MAGIC.put("\u0089PNG", "a picture; the text in it is not read");
    MAGIC.put("\u00FF\u00D8\u00FF", "a picture; the text in it is not read");
    MAGIC.put("GIF8", "a picture; the text in it is not read");
    MAGIC.put("regf", "a registry hive; export the keys with reg query first");
    MAGIC.put("MZ\u0090", "a program");
    MAGIC.put("SQLite format 3", "a database; export its rows as CSV first");
  }

  private BinaryFile() {}

  /** What a file is that its first bytes show to be no text. */
  static Optional<String> named(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
      if (head.startsWith(magic.getKey())) {
        return Optional.of("the file is " + magic.getValue());
      }
    }
    return isEbcdic(bytes)
        ? Optional.of("the file is written in EBCDIC; convert it first")
        : Optional.empty();
  }

  /** Mainframes write a blank as 0x40 and letters above 0x80, and no blank or line end of ASCII. */
  private static boolean isEbcdic(byte[] bytes) {
    int blanks = 0;
    int high = 0;
    int length = Math.min(bytes.length, SAMPLE);
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (b == ' ' || b == 0 || (b >= '0' && b <= '9')) {
        return false;
      }
      blanks += b == 0x40 ? 1 : 0;
      high += b >= 0x81 ? 1 : 0;
    }
    return length > 40 && blanks > length / 50 && high > length / 2;
  }

  /** Whether a decoded file is no text after all. */
  static boolean isNoText(String decoded) {
    int length = Math.min(decoded.length(), SAMPLE);
    int controls = 0;
    for (int i = 0; i < length; i++) {
      char c = decoded.charAt(i);
      boolean layout = c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0x1A;
      controls += (c < ' ' && !layout) || (c >= 0x7F && c < 0xA0 && c != 0x85) ? 1 : 0;
    }
    return controls > length * CONTROLS_PERCENT / 100;
  }
}
