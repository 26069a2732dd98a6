package io.kagimori.esu.domain;

import io.kagimori.contracts.cloudevents.EventJson;
import java.nio.charset.StandardCharsets;

/** Devices as they are stored, to be multiplied. */
public final class Templates {
  private Templates() {}

  /** A Windows 10 device that year 1 covers, as JSON with the device id {@code pc}. */
  public static String coveredInYearOne() {
    World world = new World().on("2025-12-01").covered(Ask.windows10().site("site-0"));
    return json(world.device);
  }

  private static String json(EsuDevice device) {
    return new String(EventJson.bytes(device), StandardCharsets.UTF_8);
  }
}
