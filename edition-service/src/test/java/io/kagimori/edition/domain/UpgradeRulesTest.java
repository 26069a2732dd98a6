package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EditionPath;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeRulesTest {
  private final World world = new World().mak("mak-hq", R2, 10);

  private static void assertRefused(EditionResult result, String reason) {
    assertThat(result.verdict()).isEqualTo(EditionVerdict.REFUSED);
    assertThat(result.state()).isEqualTo(EditionState.REFUSED);
    assertThat(result.reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("S0-03 list possible targets: what DISM spells ServerDataCenter is ServerDatacenter")
  void targetsWithoutCase() {
    World.Upgrade asked = upgrade();
    asked.to = "serverdatacenter";
    asked.targets = List.of("ServerDataCenter", "ServerEnterprise");

    EditionResult result = world.ask(asked);

    assertThat(result.verdict()).isEqualTo(EditionVerdict.PLANNED);
    assertThat(result.toEdition()).isEqualTo("ServerDatacenter");
  }

  @Test
  @DisplayName("S0-04 refuse impossible target: not in the device's list, nothing for the agent")
  void impossibleTarget() {
    World.Upgrade asked = upgrade();
    asked.to = "ServerWeb";
    asked.targets = List.of("ServerDataCenter", "ServerEnterprise");

    EditionResult result = world.ask(asked);

    assertRefused(result, "TARGET_NOT_OFFERED");
    assertThat(result.steps()).isNull();
  }

  @Test
  @DisplayName("S0-04 a way of the table that this device does not offer is refused too")
  void notOffered() {
    World.Upgrade asked = upgrade();
    asked.targets = List.of("ServerDataCenter");

    assertRefused(world.ask(asked), "TARGET_NOT_OFFERED");
  }

  @Test
  @DisplayName("S0-05 predict the MAK failure before trying, with a plan that works")
  void makIsBlocked() {
    World.Upgrade asked = upgrade();
    asked.keyId = "mak-hq";

    EditionResult result = world.ask(asked);

    assertRefused(result, "BLOCKED_KEY_TYPE");
    assertThat(result.code()).isEqualTo("1605");
    assertThat(result.detail()).containsEntry("why", "edition-specific key needed");
    assertThat(result.steps().get(0)).contains("/Set-Edition:ServerEnterprise", "{key:setup-key-");

    Map<?, ?> plan = (Map<?, ?>) result.detail().get("plan");
    asked.keyId = (String) plan.get("keyId");
    asked.activationKeyId = (String) plan.get("activationKeyId");
    assertThat(asked.activationKeyId).isEqualTo("mak-hq");
    assertThat(world.ask(asked).verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("S0-05 a MAK is found by its last five characters too")
  void makByPartialKey() {
    World.Upgrade asked = upgrade();
    asked.partialKey = World.partial("mak-hq");

    assertRefused(world.ask(asked), "BLOCKED_KEY_TYPE");
  }

  @Test
  @DisplayName("S0-07 a key made for exactly the target edition is taken by DISM")
  void editionSpecificKey() {
    world.key("retail-ent", KeyKind.RETAIL, R2, List.of("ServerEnterprise"), 1);
    world.key("retail-all", KeyKind.RETAIL, R2, List.of("*"), 1);
    World.Upgrade asked = upgrade();
    asked.keyId = "retail-ent";
    assertThat(world.ask(asked).verdict()).isEqualTo(EditionVerdict.PLANNED);

    World.Upgrade other = upgrade().device("srv-2");
    other.keyId = "retail-all";
    assertRefused(world.ask(other), "BLOCKED_KEY_TYPE");
  }

  @Test
  @DisplayName("S0-07 a key that is blocked or has ended changes no edition")
  void unusableKey() {
    world.batch.keys().loaded(retail("blocked", true, null));
    world.batch.keys().loaded(retail("ended", false, World.NOW));
    World.Upgrade blocked = upgrade();
    blocked.keyId = "blocked";
    assertRefused(world.ask(blocked), "KEY_BLOCKED");
    World.Upgrade ended = upgrade();
    ended.keyId = "ended";
    assertRefused(world.ask(ended), "KEY_EXPIRED");
  }

  private static KeyState retail(String id, boolean blocked, Instant expiresAt) {
    return new KeyState(
        id,
        1,
        KeyKind.RETAIL,
        World.partial(id),
        List.of(new KeyProduct(R2, List.of("ServerEnterprise"))),
        null,
        null,
        expiresAt,
        blocked,
        1,
        1,
        0,
        0,
        0,
        0,
        null,
        World.NOW);
  }

  @Test
  @DisplayName("S0-08 choose the right client setup key; without one the official list is named")
  void setupKey() {
    assertThat(world.ask(upgrade()).detail())
        .containsEntry(
            "setupKeyId",
            Catalogue.get().products().setupKeyFor(R2, "ServerEnterprise").orElseThrow().keyId());

    EditionResult none =
        world.ask(upgrade().device("pc-7").product("windows-7", "Professional", "Enterprise"));
    assertThat(none.verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("S0-08 an edition without setup key: NO_SETUP_KEY with the official list")
  void noSetupKey() {
    EditionPath path =
        Catalogue.get().editionPaths().all().stream()
            .filter(p -> p.support().filter(EditionPath.Support.YES::equals).isPresent())
            .filter(p -> p.products().size() >= 1 && p.fromEdition().isPresent())
            .filter(
                p -> p.toEdition().isPresent() && UpgradeMethod.of(p) == UpgradeMethod.CHANGE_KEY)
            .filter(
                p ->
                    Catalogue.get()
                        .products()
                        .setupKeyFor(p.products().get(0), p.toEdition().get())
                        .isEmpty())
            .findFirst()
            .orElse(null);
    if (path == null) {
      // Today the catalogue has a setup key for every target it leads to.
      assertThat(
              new UpgradeKeys(Catalogue.get().products())
                  .choose(
                      upgrade().asked(),
                      "ServerNobodyKnows",
                      UpgradeMethod.DISM_SET_EDITION,
                      new KeyBook(),
                      World.NOW)
                  .refusal())
          .hasValueSatisfying(
              refusal -> {
                assertThat(refusal.reason()).isEqualTo("NO_SETUP_KEY");
                assertThat(refusal.detail()).containsEntry("list", SetupKey.OFFICIAL_LIST);
              });
      return;
    }
    EditionResult result =
        world.ask(
            upgrade()
                .product(path.products().get(0), path.fromEdition().get(), path.toEdition().get()));
    assertRefused(result, "NO_SETUP_KEY");
    assertThat(result.detail()).containsEntry("list", SetupKey.OFFICIAL_LIST);
  }

  @Test
  @DisplayName("S0-09 reject an edition/key mismatch locally, naming the right key")
  void setupKeyMismatch() {
    World.Upgrade asked = upgrade();
    asked.keyId =
        Catalogue.get().products().setupKeyFor(R2, "ServerStandard").orElseThrow().keyId();

    EditionResult result = world.ask(asked);

    assertRefused(result, "SETUP_KEY_EDITION_MISMATCH");
    assertThat(result.detail())
        .containsEntry(
            "setupKeyId",
            Catalogue.get().products().setupKeyFor(R2, "ServerEnterprise").orElseThrow().keyId());
  }

  @Test
  @DisplayName("S0-10 keep the MAK for later: by reference, and no full key anywhere")
  void keepsTheMak() {
    World.Upgrade asked = upgrade();
    asked.activationKeyId = "mak-hq";

    EditionResult result = world.ask(asked);

    assertThat(result.detail()).containsEntry("activationKeyId", "mak-hq");
    assertThat(new String(EventJson.bytes(result), StandardCharsets.UTF_8))
        .doesNotContainPattern("[0-9A-Z]{5}(-[0-9A-Z]{5}){4}");
  }

  @Test
  @DisplayName("S0-10 a full key where the id of a key belongs is no request")
  void fullKeyAsId() {
    // In the alphabet of keys, and of no customer.
    String full = String.join("-", Collections.nCopies(5, World.partial("full")));
    World.Upgrade change = upgrade();
    change.keyId = full;
    assertThat(invalid(change)).contains("keyId");
    World.Upgrade afterwards = upgrade();
    afterwards.activationKeyId = full;
    assertThat(invalid(afterwards)).contains("activationKeyId");
    World.Upgrade partial = upgrade();
    partial.partialKey = full;
    assertThat(invalid(partial)).contains("partialKey");
    assertThat(invalid(upgrade())).isEmpty();
  }

  private static Optional<String> invalid(World.Upgrade upgrade) {
    Fields fields = new Fields();
    upgrade.asked().check(fields);
    return fields.invalid();
  }

  @ParameterizedTest
  @DisplayName("S0-21 supported OS matrix")
  @CsvSource({
    "windows-server-2008-r2, ServerStandard, ServerEnterprise, DISM_SET_EDITION, ",
    "windows-server-2008-r2, ServerStandardCor, ServerDatacenterCor, DISM_SET_EDITION, ",
    "windows-server-2012, ServerStandard, ServerDatacenter, DISM_SET_EDITION, ",
    "windows-server-2012-r2, ServerStandardEval, ServerStandard, DISM_SET_EDITION, ",
    "windows-server-2016, ServerStandard, ServerDatacenter, DISM_SET_EDITION, ",
    "windows-server-2022, ServerStandardEval, ServerDatacenter, DISM_SET_EDITION, ",
    "windows-server-2025, ServerStandard, ServerDatacenter, DISM_SET_EDITION, ",
    "windows-10, Professional, Enterprise, CHANGE_KEY, ",
    "windows-11, ProfessionalN, EnterpriseN, CHANGE_KEY, ",
    "windows-11, Education, Professional, CHANGE_KEY, ",
    "windows-11, educationn, professionaln, CHANGE_KEY, ",
    "windows-8, Professional, Enterprise, SETUP_IN_PLACE, ",
    "windows-8-1, Professional, Enterprise, SETUP_IN_PLACE, ",
    "windows-7, Professional, Enterprise, SETUP_IN_PLACE, ",
    "windows-10, Core, Professional, , METHOD_NOT_AUTOMATIC",
    "windows-7, HomePremium, Ultimate, , PATH_DISCONTINUED",
    "windows-vista, Business, Enterprise, , TARGET_NOT_OFFERED",
    "windows-server-2008, ServerStandard, ServerEnterprise, , TARGET_NOT_OFFERED",
    "windows-server-2022, ServerDatacenter, ServerTurbine, , PATH_NOT_CONFIRMED",
    "windows-server-2022, ServerTurbine, ServerDatacenter, , PATH_NOT_SUPPORTED",
    "windows-95, Professional, Enterprise, , UNKNOWN_PRODUCT",
    "windows-11, Professional, Ultimate, , UNKNOWN_EDITION",
  })
  void matrix(String product, String from, String to, UpgradeMethod method, String reason) {
    EditionResult result = world.ask(upgrade().product(product, from, to));

    if (reason != null) {
      assertRefused(result, reason);
    } else {
      assertThat(result.verdict()).isEqualTo(EditionVerdict.PLANNED);
      assertThat(result.detail()).containsEntry("method", method.name());
    }
  }

  @Test
  @DisplayName("S0-22 pre-flight consent: asked for by policy, and never with an open no")
  void preflightConsent() {
    World.Upgrade unsaid = upgrade();
    unsaid.confirmed = null;
    assertRefused(new World(true).ask(unsaid), "PREFLIGHT_INCOMPLETE");
    assertThat(new World(false).ask(unsaid).verdict()).isEqualTo(EditionVerdict.PLANNED);
    World.Upgrade no = upgrade();
    no.confirmed = false;
    assertRefused(new World(false).ask(no), "PREFLIGHT_INCOMPLETE");
  }

  @Test
  @DisplayName("S0-26 a second request for a device is answered with the first one's status")
  void oneAtATime() {
    UUID first = EventIds.request();
    world.ask(first, upgrade());

    EditionResult second = world.ask(upgrade());

    assertRefused(second, "CHANGE_RUNNING");
    assertThat(second.detail())
        .containsEntry("requestId", first.toString())
        .containsEntry("state", "PLANNED");
  }

  @ParameterizedTest
  @DisplayName("S0-27 no downgrade")
  @CsvSource({
    "windows-server-2022, ServerDatacenter, ServerStandard",
    "windows-server-2008-r2, ServerEnterprise, ServerStandard",
    "windows-11, Professional, Core"
  })
  void noDowngrade(String product, String from, String to) {
    EditionResult result = world.ask(upgrade().product(product, from, to));
    if (to.equals("Core")) {
      // The way up from Home is open by hand, so the way down is a downgrade as well.
      assertRefused(result, "DOWNGRADE_NOT_POSSIBLE");
    } else {
      assertRefused(result, "DOWNGRADE_NOT_POSSIBLE");
      assertThat(result.detail()).containsEntry("method", "clean install");
    }
  }

  @Test
  @DisplayName("S0-28 domain controllers are blocked with the advice to demote")
  void domainController() {
    World.Upgrade asked =
        upgrade().product("windows-server-2016", "ServerStandardEval", "ServerDatacenter");
    asked.controller = true;

    EditionResult result = world.ask(asked);

    assertRefused(result, "BLOCKED_DOMAIN_CONTROLLER");
    assertThat(result.steps()).anyMatch(step -> step.contains("demote"));
    World.Upgrade full = upgrade().device("srv-2");
    full.product("windows-server-2016", "ServerStandard", "ServerDatacenter");
    full.controller = true;
    assertThat(world.ask(full).verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("S0-29 Core vs desktop: evaluation Core becomes Datacenter Core only")
  void coreAndDesktop() {
    String product = "windows-server-2022";
    assertRefused(
        world.ask(upgrade().product(product, "ServerStandardEvalCor", "ServerStandardCor")),
        "EVAL_TARGET_NOT_POSSIBLE");
    assertRefused(
        world.ask(upgrade().product(product, "ServerStandardEval", "ServerStandardCor")),
        "CORE_DESKTOP_MISMATCH");
    assertThat(
            world
                .ask(upgrade().product(product, "ServerStandardEvalCor", "ServerDatacenterCor"))
                .verdict())
        .isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("A device that already runs the edition is only to be activated")
  void alreadyThere() {
    world.batch.put(world.batch.device("srv-1").seen("ServerEnterprise", null, World.NOW));

    EditionResult result = world.ask(upgrade());

    assertRefused(result, "ALREADY_ON_EDITION");
    assertThat(result.steps()).anyMatch(step -> step.contains("/ato"));
  }

  @Test
  @DisplayName("The present edition is taken from the device's report; a contradiction is refused")
  void reportedEdition() {
    World.Upgrade unsaid = upgrade();
    unsaid.from = null;
    assertRefused(world.ask(unsaid), "FROM_EDITION_UNKNOWN");

    world.batch.put(world.batch.device("srv-1").seen("ServerStandard", null, World.NOW));
    World.Upgrade wrong = upgrade();
    wrong.from = "ServerEnterprise";
    wrong.to = "ServerDatacenter";
    assertRefused(world.ask(wrong), "FROM_EDITION_DIFFERS");
    assertThat(world.ask(unsaid).verdict()).isEqualTo(EditionVerdict.PLANNED);
  }

  @Test
  @DisplayName("Seats promised to changes under way are missing for the next")
  void seats() {
    World scarce = new World().mak("mak-small", R2, 1);
    assertThat(scarce.ask(upgrade()).warnings()).isNull();

    EditionResult second = scarce.ask(upgrade().device("srv-2"));

    assertThat(second.verdict()).isEqualTo(EditionVerdict.PLANNED);
    assertThat(second.warnings()).extracting(Warning::reason).containsExactly("SHORTFALL");
    assertThat(new World().ask(upgrade()).warnings())
        .extracting(Warning::reason)
        .containsExactly("NO_KEY");
  }
}
