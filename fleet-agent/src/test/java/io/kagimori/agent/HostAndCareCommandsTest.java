package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kagimori.agent.cli.Exit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands make of the answers of activation-service; the answers are written here. */
class HostAndCareCommandsTest {
  private static final String HOST =
      """
      {"host":"kms1.example.com","port":1700,"activated":true,"state":"HOST_ACTIVATED","count":50,
       "atCeiling":true,
       "thresholds":[{"kind":"CLIENT","required":25,"reached":true}],
       "findings":[{"code":"CONFIG_PENDING_RESTART","since":"2026-11-21T10:00:00Z",
          "detail":{"settings":["port"],"command":"net stop sppsvc && net start sppsvc"}}],
       "reported":{"dnsPublishing":true,"priority":"LOW","partialKey":"D3VKC"},
       "service":{"name":"sppsvc","startedAt":"2026-11-21T09:00:00Z"},
       "changes":[{"at":"2026-11-21T10:00:00Z","setting":"port","from":"1688","to":"1700",
          "by":"GROUP_POLICY"}],
       "requests":{"total":120,"failed":7,"licensed":100},
       "keyUse":{"partialKey":"D3VKC","hosts":2,"hostsAllowed":6,"activationsPerHost":10},
       "evidenceAgeMinutes":12,"lastSeenMinutes":3}
      """;
  private static final String DEVICE =
      """
      {"deviceId":"pc-1","licenseStatusName":"Initial grace","ageMinutes":7,
       "expiry":{"kind":"DATE","at":"2026-12-31T20:00:00Z","daysLeft":40},
       "trouble":{"state":"FAILING","failures":[{"reason":"KEY_BLOCKED"}]},
       "shipping":{"state":"NOT_READY_TO_SHIP"}}
      """;
  private static final String CHECKLIST =
      """
      {"steps":[{"number":1,"step":"COMMANDS","state":"TROUBLE","title":"T","advice":"A",
        "commands":["slmgr /ato"],"evidence":[{"text":"not elevated","facts":{}}]}]}
      """;

  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private HttpServer server;
  private String service;
  @TempDir private Path folder;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1",
        exchange -> {
          byte[] body = answers.get(exchange.getRequestURI().getPath().substring(7));
          exchange.sendResponseHeaders(
              exchange.getRequestMethod().equals("POST") ? 201 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    service = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(String path, String body) {
    answers.put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  private Typed asked(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--activation-service";
    all[words.length + 1] = service;
    return typed(all);
  }

  @Test
  @DisplayName("S2-41 host health board: one line a host, at ceiling shown, findings by code")
  void list() {
    answers("/kms-hosts", "{\"items\":[" + HOST + "]}");

    Typed typed = asked("kms-hosts", "list");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.out())
        .contains("kms1.example.com", "50 (at ceiling)", "120", "LOW", "CONFIG_PENDING_RESTART");
    assertThat(asked("kms-hosts", "list", "--json").json().at("/items/0/port").asInt())
        .isEqualTo(1700);
  }

  @Test
  @DisplayName("S2-19 a pending restart is explained with its command, in English and Japanese")
  void show() {
    answers("/kms-hosts/kms1.example.com", HOST);

    Typed english = asked("kms-hosts", "show", "kms1.example.com", "--lang", "en");
    Typed japanese = asked("kms-hosts", "show", "kms1.example.com", "--lang", "ja");

    assertThat(english.out())
        .contains(
            "net stop sppsvc && net start sppsvc",
            "waits for a restart",
            "GROUP_POLICY",
            "D3VKC on 2 of 6 hosts",
            "last start of the service: 2026-11-21T09:00:00Z",
            "at ceiling");
    assertThat(japanese.out()).contains("再起動待ち", "上限", "DNS 発行: 有効", "2/6 台のホスト");
    assertThat(
            asked("kms-hosts", "show", "kms1.example.com", "--json").json().path("count").asInt())
        .isEqualTo(50);
  }

  @Test
  @DisplayName("S1-21 remaining grace is shown in days and with its end in the viewer's time zone")
  void zone() {
    answers("/devices", "{\"items\":[" + DEVICE + "]}");
    answers("/devices/pc-1", DEVICE);

    Typed tokyo = asked("devices", "list", "--zone", "Asia/Tokyo");

    assertThat(tokyo.out())
        .contains("2027-01-01 05:00 +09:00", "40", "KEY_BLOCKED", "NOT_READY_TO_SHIP");
    assertThat(asked("devices", "show", "pc-1", "--zone", "UTC").out())
        .contains("expires on 2026-12-31 20:00 +00:00, 40 days left");
    assertThat(asked("devices", "list", "--zone", "Nowhere").exitCode()).isEqualTo(Exit.USAGE);
  }

  @Test
  @DisplayName("S1-34 the checklist shows state, evidence and the commands of what is not done")
  void checklist() {
    answers("/devices/pc-1/checklist", CHECKLIST);

    assertThat(asked("devices", "checklist", "pc-1", "--lang", "en").out())
        .contains("1. [trouble] T", "not elevated", "$ slmgr /ato");
    assertThat(asked("devices", "checklist", "pc-1", "--lang", "ja").out()).contains("要対処");
  }

  @Test
  @DisplayName("S1-32 the support bundle is written byte for byte, or the failure is told")
  void bundle() throws IOException {
    byte[] archive = {80, 75, 3, 4, (byte) 0xff, 0};
    answers.put("/devices/pc-1/bundle", archive);
    Path file = folder.resolve("pc-1.zip");

    assertThat(asked("devices", "bundle", "pc-1", "--out", file.toString()).exitCode())
        .isEqualTo(Exit.DONE);
    assertThat(Files.readAllBytes(file)).isEqualTo(archive);
    Path nowhere = folder.resolve("none").resolve("x.zip");
    assertThat(asked("devices", "bundle", "pc-1", "--out", nowhere.toString()).exitCode())
        .isEqualTo(Exit.OUTSIDE);
  }

  @Test
  @DisplayName("S2-26 a device that is not ready to ship ends the command with exit code 1")
  void ship() {
    answers("/devices/pc-1/shipping", DEVICE);

    Typed typed = asked("devices", "ship", "pc-1");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.out()).contains("pc-1: NOT_READY_TO_SHIP");
  }

  @Test
  @DisplayName("S1-33 a work item is about a device or an incident, and not both")
  void workItems() {
    answers("/work-items", "{\"itemId\":\"x\",\"state\":\"OPEN\",\"items\":[]}");
    String[] add = {
      "work-items", "add", "--kind", "VENDOR_TICKET", "--owner", "tanaka", "--due", "2026-12-01"
    };

    assertThat(asked(add).exitCode()).isEqualTo(Exit.USAGE);
    assertThat(asked(with(add, "--device", "pc-1", "--incident", "i")).exitCode())
        .isEqualTo(Exit.USAGE);
    Typed typed = asked(with(add, "--device", "pc-1", "--json"));
    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.json().path("state").asText()).isEqualTo("OPEN");
    assertThat(asked("work-items", "list", "--overdue").exitCode()).isEqualTo(Exit.DONE);
  }

  private static String[] with(String[] words, String... more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  @DisplayName("SX-03 a full product key typed as key id or message is refused and not repeated")
  void fullKey() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    Random random = new Random(5);
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 29; i++) {
      key.append(i % 6 == 5 ? '-' : alphabet.charAt(random.nextInt(alphabet.length())));
    }

    Typed asKeyId =
        typed(
            "request",
            "activation",
            "--device",
            "pc-1",
            "--product",
            "windows-11",
            "--edition",
            "Enterprise",
            "--channel",
            "MAK",
            "--key",
            key.toString(),
            "--kafka",
            "127.0.0.1:9",
            "--json");
    Typed inMessage =
        typed(
            "request",
            "attempt",
            "--device",
            "pc-1",
            "--request",
            "r-1",
            "--failed",
            "--message",
            "slmgr /ipk " + key,
            "--kafka",
            "127.0.0.1:9",
            "--json");

    for (Typed typed : new Typed[] {asKeyId, inMessage}) {
      assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
      assertThat(typed.json().at("/error/code").asText()).isEqualTo("FULL_KEY_REFUSED");
      assertThat(typed.out() + typed.err()).doesNotContain(key.substring(0, 11));
    }
    assertThat(asKeyId.json().at("/error/message").asText()).contains("keyId");
    assertThat(inMessage.json().at("/error/message").asText()).contains("message");
  }
}
