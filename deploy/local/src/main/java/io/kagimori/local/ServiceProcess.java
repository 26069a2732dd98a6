package io.kagimori.local;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * One instance of a service in a JVM of its own.
 *
 * @param name the name in messages and of its log
 * @param classPath where its classes are
 * @param mainClass the class that runs it
 * @param port the loopback port of its REST and health
 * @param flags of its JVM, see {@link JvmFlags}
 * @param properties handed in as system properties
 * @param environment handed in beside the inherited one; secrets go here, where other users of the
 *     machine cannot read them
 * @param log the log file
 */
public record ServiceProcess(
    String name,
    String classPath,
    String mainClass,
    int port,
    List<String> flags,
    Map<String, String> properties,
    Map<String, String> environment,
    Path log)
    implements Part {

  public ServiceProcess {
    flags = List.copyOf(flags);
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
  }

  /** The module of a service: {@code key} is {@code key-service}. */
  static String module(String service) {
    return service.equals("dashboard") ? service : service + "-service";
  }

  /**
   * The built jar of a service.
   *
   * @throws StackException when it is not built
   */
  static Path jar(Path project, String service) {
    Path jar = Path.of(module(service), "target", "quarkus-app", "quarkus-run.jar");
    if (!Files.exists(project.resolve(jar))) {
      throw new StackException(
          "%s is not built (%s is missing); build it with: ./mvnw -q -B -DskipTests package"
              .formatted(module(service), jar));
    }
    return project.resolve(jar);
  }

  /** What the jar says of itself. */
  static Attributes manifest(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    } catch (IOException e) {
      throw new StackException("%s cannot be read: %s".formatted(jar, e.getMessage()), e);
    }
  }

  /** Where its REST answers. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public Process launch() throws IOException {
    List<String> all = new ArrayList<>(flags);
    properties.forEach((key, value) -> all.add("-D" + key + "=" + value));
    return Launch.jvm(
        all,
        Launch.codeOf(ParentWatch.class) + File.pathSeparator + classPath,
        mainClass,
        List.of(),
        environment,
        log);
  }

  @Override
  public boolean isReady() {
    try {
      HttpURLConnection health =
          (HttpURLConnection) URI.create(url() + "/q/health/ready").toURL().openConnection();
      health.setConnectTimeout(1_000);
      health.setReadTimeout(2_000);
      try {
        return health.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        health.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
