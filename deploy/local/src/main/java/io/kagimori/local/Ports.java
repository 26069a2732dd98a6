package io.kagimori.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports: finding a free one, and saying which one is taken. */
final class Ports {
  /**
   * Below the range from which Linux takes the near end of outgoing connections. A client that
   * retries against a stopped server on a port of that range can end up connected to itself, and
   * the server can then not come back.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private Ports() {}

  /** A loopback port on which nothing listens at this moment. */
  static int free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StackException(
        "No free port was found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1.");
  }

  /**
   * Refuses a taken port in one sentence.
   *
   * @param what who wants the port, as the reader calls it
   * @param option how another port is chosen
   */
  static void requireFree(int port, String what, String option) {
    if (!isFree(port)) {
      throw new StackException(
          "Port %d, wanted by %s, is taken by another program; stop that program or choose another port with %s."
              .formatted(port, what, option));
    }
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
