package io.kagimori.agent.probe;

import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import io.kagimori.contracts.event.ProbeKind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Tries what an activation needs of the network, from this machine. Each try ends in a probe. */
final class Probing {
  /** Codes that Windows prints for the same. Source: error_codes.csv. */
  private static final String NO_SUCH_NAME = "0x8007232B";

  private static final String NO_RECORDS = "0x8007251D";
  private static final String SERVER_FAILURE = "0x8007232A";

  /** The record that a KMS host publishes. Source: kms_rules.csv, network-02. */
  private static final String KMS_RECORD = "_vlmcs._tcp.";

  private static final int NTP_PORT = 123;
  private static final int NTP_PACKET = 48;
  private static final int NTP_TRANSMIT = 40;
  private static final byte NTP_ASK = 0x1B;
  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

  private final Duration patience;

  Probing(Duration patience) {
    this.patience = patience;
  }

  /**
   * A TCP connection.
   *
   * @param proxy as {@code http://host:port}; null for none
   */
  Probe tcp(String host, int port, String proxy) {
    boolean open;
    try (Socket socket = proxy == null ? new Socket() : new Socket(through(proxy))) {
      InetSocketAddress target =
          proxy == null
              ? new InetSocketAddress(host, port)
              : InetSocketAddress.createUnresolved(host, port);
      socket.connect(target, (int) patience.toMillis());
      open = true;
    } catch (IOException e) {
      open = false;
    }
    return now(ProbeKind.TCP).succeeded(open).target(host).port(port).proxy(proxy).build();
  }

  private static Proxy through(String proxy) {
    URI address = URI.create(proxy);
    int port = address.getPort() < 0 ? 80 : address.getPort();
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), port));
  }

  /**
   * Resolving a name.
   *
   * @param resolver DNS server as host or {@code host:port}; null for the system's
   */
  Probe name(String name, String resolver) {
    Answer answer = lookUp(name, resolver, "A", "AAAA");
    return now(ProbeKind.DNS_NAME)
        .succeeded(answer.found())
        .target(name)
        .resolver(answer.resolver())
        .answers(answer.values())
        .code(answer.code())
        .build();
  }

  /**
   * Looking up the KMS record.
   *
   * @param zone DNS domain to look in; null where the device has none
   * @param zoneSource where the device has it from
   */
  Probe srv(String zone, String zoneSource, String resolver) {
    if (zone == null) {
      return now(ProbeKind.DNS_SRV)
          .succeeded(false)
          .resolver(resolver)
          .zoneSource(zoneSource)
          .build();
    }
    Answer answer = lookUp(KMS_RECORD + zone, resolver, "SRV");
    List<String> hosts = answer.values() == null ? null : KmsHosts.of(answer.values());
    return now(ProbeKind.DNS_SRV)
        .succeeded(answer.found())
        .resolver(answer.resolver())
        .zone(zone)
        .zoneSource(zoneSource)
        .answers(hosts)
        .code(answer.code())
        .build();
  }

  /** This machine's clock against a time server's (SNTP). */
  Probe clock(String server, int port) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout((int) patience.toMillis());
      byte[] packet = new byte[NTP_PACKET];
      packet[0] = NTP_ASK;
      Instant sent = Instant.now();
      socket.send(new DatagramPacket(packet, packet.length, InetAddress.getByName(server), port));
      socket.receive(new DatagramPacket(packet, packet.length));
      Instant middle = sent.plus(Duration.between(sent, Instant.now()).dividedBy(2));
      long seconds =
          Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(NTP_TRANSMIT)) - NTP_EPOCH_SECONDS;
      long difference = middle.getEpochSecond() - seconds;
      return now(ProbeKind.CLOCK).target(server).differenceSeconds(difference).build();
    } catch (IOException e) {
      return now(ProbeKind.CLOCK).succeeded(false).target(server).build();
    }
  }

  /** The same on the ordinary port. */
  Probe clock(String server) {
    return clock(server, NTP_PORT);
  }

  private record Answer(boolean found, String resolver, List<String> values, String code) {}

  // JNDI takes its settings in this old class only; what DNS gives is text and never an object.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  private Answer lookUp(String name, String resolver, String... types) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, resolver == null ? "dns:" : "dns://" + resolver);
    settings.put("com.sun.jndi.dns.timeout.initial", Long.toString(patience.toMillis()));
    settings.put("com.sun.jndi.dns.timeout.retries", "1");
    String asked = resolver;
    try {
      InitialDirContext dns = new InitialDirContext(settings);
      try {
        asked = resolver == null ? servers(dns) : resolver;
        List<String> values = new ArrayList<>();
        NamingEnumeration<? extends Attribute> all = dns.getAttributes(name, types).getAll();
        while (all.hasMore()) {
          NamingEnumeration<?> each = all.next().getAll();
          while (each.hasMore()) {
            values.add(each.next().toString());
          }
        }
        return new Answer(!values.isEmpty(), asked, values, values.isEmpty() ? NO_RECORDS : null);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      return new Answer(false, asked, null, NO_SUCH_NAME);
    } catch (ServiceUnavailableException e) {
      return new Answer(false, asked, null, SERVER_FAILURE);
    } catch (NamingException e) {
      return new Answer(false, asked, null, null);
    }
  }

  /** The servers that the system is set up with. */
  private static String servers(InitialDirContext dns) throws NamingException {
    Object url = dns.getEnvironment().get(Context.PROVIDER_URL);
    return url == null ? null : url.toString().replace("dns://", "").strip();
  }

  /** A probe that ends now. */
  private static ProbeBuilder now(ProbeKind kind) {
    return ProbeBuilder.builder().kind(kind).at(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }
}
