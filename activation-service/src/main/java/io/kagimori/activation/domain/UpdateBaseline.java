package io.kagimori.activation.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The updates that an organization wants on a machine before its base license is activated. No
 * vendor lists them, so each organization says them itself; those of add-on licenses are in the
 * catalogue.
 *
 * @param products requirements by the slug of the product; of each requirement one alternative is
 *     enough, a KB number or a least build with its revision
 */
public record UpdateBaseline(Map<String, List<List<String>>> products) {
  /** The setting that says it; read with {@link #of}. */
  public static final String SETTING = "kagimori.updates.baseline";

  public static final UpdateBaseline NONE = new UpdateBaseline(Map.of());

  private static final Pattern UPDATE = Pattern.compile("KB\\d{6,8}");
  private static final Pattern BUILD = Pattern.compile("\\d{4,6}(\\.\\d{1,6})?");

  public UpdateBaseline {
    products = Map.copyOf(products);
  }

  /**
   * Reads {@code windows-server-2019=KB5034768|17763.5458,KB4589208; windows-10=19045.4046}: a
   * comma between requirements, a bar between alternatives.
   *
   * @throws IllegalArgumentException naming the part that is neither an update nor a build
   */
  public static UpdateBaseline of(String text) {
    Map<String, List<List<String>>> products = new HashMap<>();
    for (String entry : text.split(";", -1)) {
      if (!entry.isBlank()) {
        String[] parts = entry.split("=", 2);
        if (parts.length < 2 || parts[0].isBlank()) {
          throw new IllegalArgumentException("no product before an = in '" + entry.strip() + "'");
        }
        products.put(parts[0].strip().toLowerCase(Locale.ROOT), requirements(parts[1]));
      }
    }
    return products.isEmpty() ? NONE : new UpdateBaseline(products);
  }

  private static List<List<String>> requirements(String text) {
    List<List<String>> requirements = new ArrayList<>();
    for (String requirement : text.split(",", -1)) {
      List<String> accepted = new ArrayList<>();
      for (String alternative : requirement.split("\\|", -1)) {
        String wanted = alternative.strip().toUpperCase(Locale.ROOT);
        if (!UPDATE.matcher(wanted).matches() && !BUILD.matcher(wanted).matches()) {
          throw new IllegalArgumentException(
              "neither a KB number nor a build: '" + alternative.strip() + "'");
        }
        accepted.add(wanted);
      }
      requirements.add(List.copyOf(accepted));
    }
    return List.copyOf(requirements);
  }
}
