package io.kagimori.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@link LocalBroker} in a JVM of its own, as the stack and the tests run it. */
public final class BrokerProcess implements Part {
  private final Path data;
  private final Path log;
  private final int port;
  private final List<String> flags;

  /**
   * Describes a broker without starting it; {@link Supervised} starts and stops it.
   *
   * @param data the folder of its logs
   * @param log the log file
   * @param port the loopback port for clients
   * @param flags of its JVM, see {@link JvmFlags}
   */
  public BrokerProcess(Path data, Path log, int port, List<String> flags) {
    this.data = data.toAbsolutePath();
    this.log = log.toAbsolutePath();
    this.port = port;
    this.flags = List.copyOf(flags);
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public Path log() {
    return log;
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Process launch() throws IOException {
    return Launch.jvm(
        flags,
        System.getProperty("java.class.path"),
        LocalBroker.class.getName(),
        List.of("--data", data.toString(), "--port", Integer.toString(port)),
        Map.of(),
        log);
  }

  /** The client listener opens last, when the broker has caught up and is ready to serve. */
  @Override
  public boolean isReady() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
