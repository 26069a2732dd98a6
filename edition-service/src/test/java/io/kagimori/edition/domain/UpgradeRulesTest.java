package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Warning;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeRulesTest {
  private final World world = new World().mak("mak-hq", R2, 10);

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

    World.assertRefused(result, "TARGET_NOT_OFFERED");
    assertThat(result.steps()).isNull();
  }

  @Test
  @DisplayName("S0-04 a way of the table that this device does not offer is refused too")
  void notOffered() {
    World.Upgrade asked = upgrade();
    asked.targets = List.of("ServerDataCenter");

    World.assertRefused(world.ask(asked), "TARGET_NOT_OFFERED");
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
      World.assertRefused(result, reason);
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
    World.assertRefused(new World(true).ask(unsaid), "PREFLIGHT_INCOMPLETE");
    assertThat(new World(false).ask(unsaid).verdict()).isEqualTo(EditionVerdict.PLANNED);
    World.Upgrade no = upgrade();
    no.confirmed = false;
    World.assertRefused(new World(false).ask(no), "PREFLIGHT_INCOMPLETE");
  }

  @Test
  @DisplayName("S0-26 a second request for a device is answered with the first one's status")
  void oneAtATime() {
    UUID first = EventIds.request();
    world.ask(first, upgrade());

    EditionResult second = world.ask(upgrade());

    World.assertRefused(second, "CHANGE_RUNNING");
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
      World.assertRefused(result, "DOWNGRADE_NOT_POSSIBLE");
    } else {
      World.assertRefused(result, "DOWNGRADE_NOT_POSSIBLE");
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

    World.assertRefused(result, "BLOCKED_DOMAIN_CONTROLLER");
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
    World.assertRefused(
        world.ask(upgrade().product(product, "ServerStandardEvalCor", "ServerStandardCor")),
        "EVAL_TARGET_NOT_POSSIBLE");
    World.assertRefused(
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

    World.assertRefused(result, "ALREADY_ON_EDITION");
    assertThat(result.steps()).anyMatch(step -> step.contains("/ato"));
  }

  @Test
  @DisplayName("The present edition is taken from the device's report; a contradiction is refused")
  void reportedEdition() {
    World.Upgrade unsaid = upgrade();
    unsaid.from = null;
    World.assertRefused(world.ask(unsaid), "FROM_EDITION_UNKNOWN");

    world.batch.put(world.batch.device("srv-1").seen("ServerStandard", null, World.NOW));
    World.Upgrade wrong = upgrade();
    wrong.from = "ServerEnterprise";
    wrong.to = "ServerDatacenter";
    World.assertRefused(world.ask(wrong), "FROM_EDITION_DIFFERS");
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
