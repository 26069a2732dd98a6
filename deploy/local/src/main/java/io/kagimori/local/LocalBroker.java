package io.kagimori.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Apache Kafka server on loopback, broker and controller in one (KRaft), over a folder that
 * survives restarts. Topics are never made by accident: {@link LocalTopics} makes them.
 *
 * <p>The stack runs it as a process of its own (see {@link BrokerProcess}); {@link #start} runs it
 * inside the calling JVM.
 */
public final class LocalBroker implements AutoCloseable {
  private static final int NODE = 1;

  /**
   * The largest batch the broker takes, in bytes. Far above our own limit of 256 KiB for a value,
   * because it is ours that must be seen at work.
   */
  static final int MAX_MESSAGE_BYTES = 16 << 20;

  private final KafkaRaftServer server;
  private final int port;

  private LocalBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker inside this JVM and returns when it takes requests.
   *
   * @param data the folder of its logs, made and formatted when missing
   * @param port the loopback port for clients; the controller takes a free one
   */
  public static LocalBroker start(Path data, int port) {
    Path folder = data.toAbsolutePath();
    try {
      Files.createDirectories(folder);
      format(folder);
    } catch (IOException e) {
      throw new StackException(
          "The broker's folder %s cannot be used: %s".formatted(folder, e.getMessage()), e);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(folder, port, Ports.free())), Time.SYSTEM);
    server.startup();
    return new LocalBroker(server, port);
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Ends the broker in good order and waits for it. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /**
   * Runs a broker until the process is asked to end.
   *
   * @param args {@code --data DIR --port P}
   */
  public static void main(String[] args) {
    if (args.length != 4 || !args[0].equals("--data") || !args[2].equals("--port")) {
      System.err.println("usage: LocalBroker --data DIR --port P");
      System.exit(2);
    }
    LocalBroker broker = start(Path.of(args[1]), Integer.parseInt(args[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
    broker.server.awaitShutdown();
  }

  /** Writes the cluster's identity into a new folder; leaves a formatted one as it is. */
  private static void format(Path folder) throws IOException {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    Properties all = new Properties();
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE));
    all.put("log.dirs", folder.toString());
    all.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    all.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
    all.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "CLIENTS");
    all.put("controller.listener.names", "CONTROLLER");
    all.put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));

    all.put("auto.create.topics.enable", "false");
    all.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "4");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "1");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");

    // A machine of one: nobody else joins, so nobody needs waiting for, and a consumer that was
    // killed on purpose is noticed as soon as its client asks for it. A broker that was killed
    // may register again only when its old session is over.
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("group.min.session.timeout.ms", "1000");
    all.put("broker.heartbeat.interval.ms", "500");
    all.put("broker.session.timeout.ms", "6000");

    // Small machine: few threads, small buffers, small index files.
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    all.put("background.threads", "2");
    all.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    all.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    return all;
  }
}
