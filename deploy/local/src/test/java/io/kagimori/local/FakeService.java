package io.kagimori.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands for a service in tests of the supervisor: answers the health check, and writes a file when
 * it was ended in good order.
 */
public final class FakeService {
  private FakeService() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.getInteger("quarkus.http.port");
    Path farewell = Path.of(System.getProperty("farewell"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(farewell)));
    server.start();
    System.out.println("greeting=" + System.getenv("GREETING"));
  }

  private static void write(Path farewell) {
    try {
      Files.writeString(farewell, "ended in good order");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
