package io.kagimori.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL 18 server on loopback, in processes of its own, over a folder that survives restarts
 * and kills. The programs come from the class path; as root they run in a user namespace, because
 * PostgreSQL refuses to run as root.
 */
public final class LocalPostgres implements Part {
  private static final String VERSION = "18";
  private static final String SUPERUSER = "kagimori";
  private static final long MEGABYTE = 1024 * 1024;
  private static final String SETTINGS_FILE = "kagimori.conf";

  private final Path data;
  private final Path log;
  private final int port;
  private final String password;
  private final boolean durable;

  /**
   * Describes a server without starting it; {@link Supervised} starts and stops it.
   *
   * @param data the folder of the cluster, made when missing
   * @param log the log file
   * @param port the loopback port
   * @param password of the superuser {@code kagimori}; must stay the same for the same folder
   * @param durable true in operation and crash tests; false turns off fsync, synchronous_commit and
   *     full_page_writes, for tests that never crash the server
   */
  public LocalPostgres(Path data, Path log, int port, String password, boolean durable) {
    this.data = data.toAbsolutePath();
    this.log = log.toAbsolutePath();
    this.port = port;
    this.password = password;
    this.durable = durable;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Path log() {
    return log;
  }

  /** The server as its superuser sees it; answers once it is ready. */
  public PostgresServer server() {
    return new PostgresServer("127.0.0.1", port, SUPERUSER, password);
  }

  @Override
  public synchronized Process launch() throws IOException {
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise();
    }
    requireSameVersion();
    endLeftOver();
    writeSettings(durable);
    Process server = Launch.process(program("postgres", "-D", data.toString()), Map.of(), log);
    watch(server);
    return server;
  }

  @Override
  public boolean isReady() {
    return server().isReady();
  }

  /** Fast shutdown: clients are cut off, data is flushed. SIGTERM would wait for every client. */
  @Override
  public void terminate(Process process) {
    try {
      Launch.run(program("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-W"));
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Beside first and renamed at the end, so that a half-made cluster is never taken for one. */
  private void initialise() throws IOException {
    Files.createDirectories(data.getParent());
    Path beside = Files.createTempDirectory(data.getParent(), "initdb-");
    Path passwordFile = OwnerOnly.temporaryFile(password);
    try {
      List<String> initdb =
          new ArrayList<>(program("initdb", "-D", beside.toString(), "-U", SUPERUSER));
      initdb.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
      initdb.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"));
      initdb.addAll(List.of("--builtin-locale=C.UTF-8", "--no-instructions"));
      if (!durable) {
        initdb.add("--no-sync");
      }
      Launch.run(initdb);
      Files.writeString(
          beside.resolve("postgresql.conf"),
          System.lineSeparator() + "include_if_exists = '" + SETTINGS_FILE + "'",
          StandardOpenOption.APPEND);
      Files.deleteIfExists(data);
      Files.move(beside, data);
    } finally {
      Files.deleteIfExists(passwordFile);
      Folders.delete(beside);
    }
  }

  private void requireSameVersion() throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(VERSION)) {
      throw new StackException(
          "%s was written by PostgreSQL %s and this is PostgreSQL %s; choose another --data directory or start with --fresh."
              .formatted(data, version, VERSION));
    }
  }

  /**
   * A supervisor that was killed can leave its server running for a moment, and a machine that went
   * down leaves a process id that may now belong to any program. The first is stopped, the second
   * forgotten; PostgreSQL itself would refuse to start over either.
   */
  private void endLeftOver() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    boolean server =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
            .isPresent();
    if (server) {
      Launch.run(program("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w"));
    } else {
      Files.deleteIfExists(pidFile);
    }
  }

  private void writeSettings(boolean safe) throws IOException {
    String onOrOff = safe ? "on" : "off";
    Files.writeString(
        data.resolve(SETTINGS_FILE),
        """
        # Written by the stack at every start; changes here are lost.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 100
        shared_buffers = %dMB
        max_wal_size = 4GB
        huge_pages = off
        jit = off
        fsync = %s
        synchronous_commit = %s
        full_page_writes = %s
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = warning
        log_checkpoints = off
        """
            .formatted(port, sharedBuffersMegabytes(), onOrOff, onOrOff, onOrOff));
  }

  /**
   * An eighth of the machine's memory, half of what PostgreSQL's manual calls reasonable for a
   * server of its own: others live here too. Memory is taken only as data fills it.
   */
  private static long sharedBuffersMegabytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.clamp(system.getTotalMemorySize() / 8 / MEGABYTE, 128, 4096)
        : 128;
  }

  /** PostgreSQL reads no standard input, so a shell does the watching of the pipe for it. */
  private void watch(Process server) throws IOException {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      return;
    }
    Process watcher =
        new ProcessBuilder("/bin/sh", "-c", "trap '' INT TERM; read _; kill -INT " + server.pid())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    // The pending future also keeps the pipe from being collected and closed.
    CompletableFuture<?> unused = server.onExit().thenRun(watcher::destroyForcibly);
  }

  private static List<String> program(String name, String... arguments) {
    List<String> command = new ArrayList<>(NotRoot.prefix());
    command.add(PostgresBinaries.folder().resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
