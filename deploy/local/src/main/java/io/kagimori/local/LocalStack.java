package io.kagimori.local;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.jar.Attributes;
import java.util.stream.Collectors;

/**
 * The whole system on one machine: database, broker, topics and services, each in processes of
 * their own under supervision, everything on loopback. What dies comes back; what is kept survives
 * a restart. Ends with the JVM at the latest, services first, database last.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  /** A service finishes its batch, a broker closes its logs, a database flushes. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final StackOptions options;
  private final DataDirectory data;
  private final BrokerProcess brokerProcess;
  private final LocalPostgres postgresServer;
  private final Supervised broker;
  private final Supervised postgres;

  /** By {@code name#instance}. */
  private final Map<String, Supervised> services = new ConcurrentSkipListMap<>();

  private final Thread onShutdown = new Thread(this::end, "stack-close");
  private boolean ended;

  private LocalStack(StackOptions options, DataDirectory data) {
    this.options = options;
    this.data = data;
    postgresServer =
        new LocalPostgres(
            data.postgres(),
            data.log("postgres"),
            options.postgresPort(),
            data.password("postgres"),
            true);
    brokerProcess =
        new BrokerProcess(
            data.broker(),
            data.log("broker"),
            options.kafkaPort(),
            JvmFlags.withArchive(
                options.project().resolve("target").resolve("broker-classes.jsa"),
                System.getProperty("java.class.path"),
                JvmFlags.broker()));
    postgres = new Supervised(postgresServer, GRACE);
    broker = new Supervised(brokerProcess, GRACE);
  }

  /**
   * Starts database and broker, waits for them, makes databases and topics, and starts the
   * services; {@link #awaitReady} waits for those.
   *
   * @throws StackException when something is in the way, with what to do about it; nothing keeps
   *     running then
   */
  public static LocalStack start(StackOptions options) {
    options.services().keySet().forEach(name -> ServiceProcess.jar(options.project(), name));
    DataDirectory data = take(options);
    LocalStack stack = new LocalStack(options, data);
    Runtime.getRuntime().addShutdownHook(stack.onShutdown);
    try {
      stack.startInOrder();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * Waits until every service answers its health check.
   *
   * @param timeout for all of them together
   * @throws StackException when one does not; the others keep running
   */
  public void awaitReady(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<Supervised> all = new ArrayList<>(List.of(postgres, broker));
    all.addAll(services.values());
    for (Supervised part : all) {
      part.awaitReady(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  /** Where Kafka clients connect: host and port. */
  public String kafka() {
    return brokerProcess.bootstrapServers();
  }

  /** Where the REST of a service's first instance answers. */
  public String serviceUrl(String name) {
    Integer port = options.services().get(name);
    if (port == null) {
      throw new IllegalArgumentException("the stack runs no service " + name);
    }
    return "http://127.0.0.1:" + port;
  }

  /** The address of a service's database; user and database carry the service's name. */
  public String jdbcUrl(String name) {
    return postgresServer.server().jdbcUrl(name);
  }

  /** The password of a service's database. */
  public String jdbcPassword(String name) {
    return data.password(name);
  }

  /** The broker, to be stopped, killed and started again. */
  public Supervised broker() {
    return broker;
  }

  /** The database server, to be stopped, killed and started again. */
  public Supervised postgres() {
    return postgres;
  }

  /** An instance of a service, to be stopped, killed and started again; the first one is 1. */
  public Supervised service(String name, int instance) {
    Supervised service = services.get(key(name, instance));
    if (service == null) {
      throw new IllegalArgumentException("the stack runs no " + key(name, instance));
    }
    return service;
  }

  /** The first instance of a service. */
  public Supervised service(String name) {
    return service(name, 1);
  }

  /**
   * Starts one more instance of a service beside the others, on the same database and topics.
   *
   * @param instance its number, 2 and up
   * @param port its loopback port
   */
  public Supervised startService(String name, int instance, int port) {
    Supervised service = new Supervised(process(name, instance, port), GRACE);
    if (services.putIfAbsent(key(name, instance), service) != null) {
      throw new IllegalArgumentException(key(name, instance) + " exists already");
    }
    service.start();
    return service;
  }

  /** How often each part was started again after a death, by name; parts without are left out. */
  public Map<String, Integer> restarts() {
    Map<String, Integer> counts = new TreeMap<>();
    List<Supervised> all = new ArrayList<>(List.of(postgres, broker));
    all.addAll(services.values());
    all.stream()
        .filter(part -> part.restarts() > 0)
        .forEach(part -> counts.put(part.name(), part.restarts()));
    return counts;
  }

  /** The line that {@code up} prints when everything answers. */
  public String readyJson() {
    return options.services().keySet().stream()
        .map(name -> "\"%s\":\"%s\"".formatted(name, serviceUrl(name)))
        .collect(
            Collectors.joining(
                ",", "{\"ready\":true,\"kafka\":\"" + kafka() + "\",\"services\":{", "}}"));
  }

  /** Ends everything in order and waits for it. Data stays. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onShutdown);
    } catch (IllegalStateException alreadyGoingDown) {
      // The hook found nothing left to do.
    }
  }

  /** Ports come before {@code --fresh}: who cannot start must not have removed anything. */
  private static DataDirectory take(StackOptions options) {
    DataDirectory data = DataDirectory.open(options.data());
    try {
      requirePorts(options, data.wasLeftRunning() ? GRACE : Duration.ZERO);
      data.prepare(options.fresh());
      return data;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private void startInOrder() {
    // Neither needs the other, and the broker's JVM loads while a first start makes the cluster.
    broker.start();
    postgres.start();
    postgres.awaitReady(START);
    options
        .services()
        .keySet()
        .forEach(name -> postgresServer.server().ensureDatabase(name, data.password(name)));
    broker.awaitReady(START);
    LocalTopics.ensure(kafka(), options.createTime());
    options.services().forEach((name, port) -> startService(name, 1, port));
  }

  private ServiceProcess process(String name, int instance, int port) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("kafka.bootstrap.servers", kafka());
    properties.put("quarkus.datasource.jdbc.url", jdbcUrl(name));
    properties.put("quarkus.datasource.username", name);
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", Integer.toString(port));
    properties.putAll(options.settings());
    Map<String, String> environment = new TreeMap<>();
    environment.put("QUARKUS_DATASOURCE_PASSWORD", jdbcPassword(name));
    if (name.equals("key")) {
      environment.put("KAGIMORI_SEALING_KEY_FILE", data.sealingKey().toString());
    }
    String logName = ServiceProcess.module(name) + (instance == 1 ? "" : "-" + instance);
    Path jar = ServiceProcess.jar(options.project(), name).toAbsolutePath();
    Attributes manifest = ServiceProcess.manifest(jar);
    return new ServiceProcess(
        logName,
        jar.toString(),
        manifest.getValue(Attributes.Name.MAIN_CLASS),
        port,
        JvmFlags.withArchive(
            jar.resolveSibling("classes.jsa"),
            Launch.codeOf(ParentWatch.class) + File.pathSeparator + jar,
            JvmFlags.service(manifest)),
        properties,
        environment,
        data.log(logName));
  }

  private synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    List<Thread> stopping =
        services.values().stream().map(service -> new Thread(service::stop)).toList();
    stopping.forEach(Thread::start);
    stopping.forEach(LocalStack::join);
    broker.stop();
    postgres.stop();
    data.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requirePorts(StackOptions options, Duration patience) {
    Ports.requireFree(options.kafkaPort(), "the broker", "--kafka-port", patience);
    Ports.requireFree(
        options.postgresPort(), "the database", StackOptions.portVariable("postgres"), patience);
    options
        .services()
        .forEach(
            (name, port) ->
                Ports.requireFree(
                    port, ServiceProcess.module(name), StackOptions.portVariable(name), patience));
  }

  private static String key(String name, int instance) {
    return name + "#" + instance;
  }
}
