package io.kagimori.agent.crash;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A seeded mix of requests over pools of its own, all smaller than the demand but one. The same
 * seed gives the same mix under another label, with other ids, devices and keys; the number of
 * answers of each kind depends on the seed alone as long as agents report after the last decision.
 *
 * @param seed what it was made from
 * @param asks the requests in the order of publishing; some stand there twice under one id
 * @param purchased seats bought, by key id
 */
record Workload(long seed, List<Ask> asks, Map<String, Integer> purchased) {

  /**
   * Makes a workload and registers its keys.
   *
   * @param label tells it apart from every other one on the same stack
   * @param count requests, repetitions not counted
   */
  static Workload of(CrashStack stack, long seed, String label, int count) {
    Map<String, Integer> pools =
        Map.of(
            label + "-scarce", count / 10,
            label + "-scarcer", count / 25,
            label + "-ample", count,
            label + "-picked", count / 40);
    pools.forEach(
        (key, seats) ->
            stack.registerKey(
                key, label, key.endsWith("picked") ? "ServerDatacenter" : "ServerStandard", seats));
    return new Workload(seed, asks(new Random(seed), label, count), pools);
  }

  /** Requests of as many devices for the seats of one key. */
  static Workload rush(CrashStack stack, String label, int count, int seats) {
    stack.registerKey(label, label, "ServerStandard", seats);
    List<Ask> asks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      asks.add(ask(label, i, Ask.Kind.NAMED, label));
    }
    return new Workload(0, asks, Map.of(label, seats));
  }

  private static List<Ask> asks(Random random, String label, int count) {
    List<Ask> asks = new ArrayList<>(count + count / 20);
    List<Ask> sharers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ask ask = ask(random, label, i);
      if (ask.key().endsWith("-ample")) {
        sharers.add(ask);
      }
      asks.add(ask);
      if (random.nextInt(40) == 0) {
        asks.add(asks.get(random.nextInt(asks.size())));
      }
      if (random.nextInt(20) == 0 && !sharers.isEmpty()) {
        asks.add(again(sharers.get(random.nextInt(sharers.size())), label + "/again/" + i));
      }
    }
    return asks;
  }

  private static Ask ask(Random random, String label, int i) {
    int die = random.nextInt(100);
    if (die < 35) {
      return ask(label, i, Ask.Kind.NAMED, label + "-scarce");
    } else if (die < 50) {
      return ask(label, i, Ask.Kind.NAMED, label + "-scarcer");
    } else if (die < 70) {
      return ask(label, i, Ask.Kind.NAMED, label + "-ample");
    } else if (die < 80) {
      return ask(label, i, Ask.Kind.CHOSEN, "");
    } else if (die < 85) {
      return ask(label, i, Ask.Kind.UNKNOWN_KEY, label + "-never-registered");
    } else if (die < 90) {
      return ask(label, i, Ask.Kind.UNKNOWN_PRODUCT, "");
    }
    return ask(label, i, Ask.Kind.KMS, "");
  }

  private static Ask ask(String label, int i, Ask.Kind kind, String key) {
    UUID id = UUID.nameUUIDFromBytes(Wire.bytes(label + "/" + i));
    return new Ask(id, "%s-%05d".formatted(label, i), installation(id), kind, key, label);
  }

  /** A second request for a seat that the device holds. */
  private static Ask again(Ask first, String name) {
    UUID id = UUID.nameUUIDFromBytes(Wire.bytes(name));
    return new Ask(
        id, first.device(), first.installation(), first.kind(), first.key(), first.site());
  }

  private static String installation(UUID id) {
    String digits = id.toString().replace("-", "").replaceAll("[a-f]", "7");
    return (digits + digits).substring(0, 54);
  }

  /** A label that no other run on the same stack had. */
  static String label(String name) {
    return name + "-" + HexFormat.of().toHexDigits(System.nanoTime(), 6);
  }
}
