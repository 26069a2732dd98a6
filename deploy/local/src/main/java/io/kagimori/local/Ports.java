package io.kagimori.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Loopback ports: finding a free one, and saying which one is taken. */
public final class Ports {
  /**
   * Below the range from which Linux takes the near end of outgoing connections. A client that
   * retries against a stopped server on a port of that range can end up connected to itself, and
   * the server can then not come back.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private Ports() {}

  /** A loopback port on which nothing listens at this moment. */
  public static int free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StackException(
        "No free port was found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1.");
  }

  /** So many different free ports. */
  static List<Integer> free(int count) {
    return Stream.generate(Ports::free).distinct().limit(count).toList();
  }

  /**
   * Refuses a taken port in one sentence.
   *
   * @param what who wants the port, as the reader calls it
   * @param option how another port is chosen
   * @param patience how long a program that is on its way out may take
   */
  static void requireFree(int port, String what, String option, Duration patience) {
    if (!becomesFree(port, patience)) {
      throw new StackException(
          "Port %d, wanted by %s, is taken by another program; stop that program or choose another port with %s."
              .formatted(port, what, option));
    }
  }

  private static boolean becomesFree(int port, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isFree(port)) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return true;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
