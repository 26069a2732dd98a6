package io.kagimori.agent.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** A name server of one zone on the loopback device, which knows SRV records only. */
final class DnsServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final short RESPONSE = (short) 0x8180;
  private static final short NO_SUCH_NAME = (short) 0x8183;
  private static final short SRV = 33;
  private static final short INTERNET = 1;
  private static final short NAME_ASKED_FOR = (short) 0xC00C;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Map<String, Srv[]> records;

  record Srv(int priority, int weight, int port, String host) {}

  /**
   * @param records by the whole name, in lower case
   */
  DnsServer(Map<String, Srv[]> records) throws IOException {
    this.records = records;
    Thread.ofVirtual().start(this::serve);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket asked = new DatagramPacket(new byte[512], 512);
        socket.receive(asked);
        byte[] answer = answer(Arrays.copyOf(asked.getData(), asked.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      socket.close();
    }
  }

  private byte[] answer(byte[] asked) {
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (asked[at] != 0) {
      name.append(name.isEmpty() ? "" : ".").append(new String(asked, at + 1, asked[at], US_ASCII));
      at += asked[at] + 1;
    }
    int questionEnd = at + 5;
    Srv[] known = records.get(name.toString().toLowerCase(Locale.ROOT));
    int answers = known == null ? 0 : known.length;
    ByteBuffer out = ByteBuffer.allocate(512);
    out.put(asked, 0, 2).putShort(known == null ? NO_SUCH_NAME : RESPONSE);
    out.putShort((short) 1).putShort((short) answers).putShort((short) 0).putShort((short) 0);
    out.put(asked, HEADER, questionEnd - HEADER);
    for (int i = 0; i < answers; i++) {
      put(out, known[i]);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void put(ByteBuffer out, Srv record) {
    ByteBuffer host = ByteBuffer.allocate(255);
    for (String label : record.host().split("\\.", -1)) {
      host.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    host.put((byte) 0);
    out.putShort(NAME_ASKED_FOR).putShort(SRV).putShort(INTERNET).putInt(60);
    out.putShort((short) (6 + host.position()));
    out.putShort((short) record.priority()).putShort((short) record.weight());
    out.putShort((short) record.port()).put(host.array(), 0, host.position());
  }

  @Override
  public void close() {
    socket.close();
  }
}
