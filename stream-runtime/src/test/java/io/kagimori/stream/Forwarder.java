package io.kagimori.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A way to a TCP server that can be cut and opened again, as a network or a server that dies. */
final class Forwarder implements AutoCloseable {
  private final int target;
  private final int port;
  private final List<Socket> sockets = new ArrayList<>();
  private ServerSocket door;

  /** Opens a way to a loopback port. */
  Forwarder(int target) {
    this.target = target;
    this.port = open(0);
  }

  int port() {
    return port;
  }

  /** Opens the way again. */
  void open() {
    open(port);
  }

  private synchronized int open(int at) {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      door = opened;
      Thread.ofPlatform().daemon().start(() -> accept(opened));
      return opened.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts every connection and takes no new one. */
  synchronized void cut() {
    close(door);
    sockets.forEach(Forwarder::close);
    sockets.clear();
  }

  private void accept(ServerSocket at) {
    try {
      while (!at.isClosed()) {
        Socket client = at.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        synchronized (this) {
          sockets.add(client);
          sockets.add(server);
        }
        Thread.ofPlatform().daemon().start(() -> pump(client, server));
        Thread.ofPlatform().daemon().start(() -> pump(server, client));
      }
    } catch (IOException e) {
      // The way was cut.
      close(at);
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either end is gone; closing both tells the other.
      close(from);
    }
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      throw new AssertionError("a socket does not close", e);
    }
  }

  @Override
  public void close() {
    cut();
  }
}
