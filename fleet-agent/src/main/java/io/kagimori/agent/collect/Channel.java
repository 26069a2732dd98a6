package io.kagimori.agent.collect;

import java.util.Locale;

/** The channel that the description of a license names in its last part. */
final class Channel {
  private static final String[] WORDS = {
    "channel", "チャネル", "チャンネル", "kanal", "canal", "kanał", "채널", "通道", "频道", "管道", "頻道", "渠道"
  };

  private Channel() {}

  /** {@code VOLUME_KMSCLIENT} out of {@code …, VOLUME_KMSCLIENT channel}; null where none is. */
  static String of(String description) {
    int comma = -1;
    for (int i = 0; i < description.length(); i++) {
      char c = description.charAt(i);
      comma = c == ',' || c == '，' || c == '、' ? i : comma;
    }
    String part = description.substring(comma + 1);
    String lower = part.toLowerCase(Locale.ROOT);
    boolean named = false;
    for (String word : WORDS) {
      named |= lower.contains(word);
    }
    String code = code(part);
    return code != null && (named || (comma >= 0 && code.indexOf('_') > 0)) ? code : null;
  }

  private static String code(String part) {
    int i = 0;
    while (i < part.length()) {
      if (!isCode(part.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      int capitals = 0;
      while (i < part.length() && isCode(part.charAt(i))) {
        capitals += Character.isUpperCase(part.charAt(i)) ? 1 : 0;
        i++;
      }
      String code = part.substring(from, i);
      int suffix = code.toLowerCase(Locale.ROOT).indexOf("-kanal");
      code = suffix > 0 ? code.substring(0, suffix) : code;
      if (capitals >= 3) {
        return Values.isMasked(code, 3) ? null : code;
      }
    }
    return null;
  }

  private static boolean isCode(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == ':'
        || c == '('
        || c == ')';
  }
}
