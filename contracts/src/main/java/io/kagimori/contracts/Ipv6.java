package io.kagimori.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a literal IPv6 address into its one recommended form (RFC 5952): lower case, no leading
 * zeros, the longest run of zero groups left out. Never asks a name service.
 */
final class Ipv6 {
  private static final int GROUPS = 8;

  private Ipv6() {}

  /** The shortest form; absent when the text is no IPv6 address. */
  static Optional<String> shortest(String address) {
    int gap = address.indexOf("::");
    if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    List<Integer> groups = new ArrayList<>();
    boolean read = readGroups(gap < 0 ? address : address.substring(0, gap), groups);
    if (gap >= 0) {
      List<Integer> tail = new ArrayList<>();
      read &= readGroups(address.substring(gap + 2), tail);
      int missing = GROUPS - groups.size() - tail.size();
      read &= missing >= 1;
      for (int i = 0; i < missing; i++) {
        groups.add(0);
      }
      groups.addAll(tail);
    }
    return read && groups.size() == GROUPS ? Optional.of(write(groups)) : Optional.empty();
  }

  private static boolean readGroups(String text, List<Integer> groups) {
    if (text.isEmpty()) {
      return true;
    }
    for (String group : text.split(":", -1)) {
      boolean hexadecimal =
          !group.isEmpty()
              && group.length() <= 4
              && group.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
      if (!hexadecimal) {
        return false;
      }
      groups.add(Integer.parseInt(group, 16));
    }
    return true;
  }

  private static String write(List<Integer> groups) {
    int runStart = -1;
    int runLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && groups.get(end) == 0) {
        end++;
      }
      if (end - start > runLength) {
        runStart = start;
        runLength = end - start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups.get(i)));
    }
    return text.toString();
  }
}
