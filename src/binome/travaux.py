"""The jobs of the house, in the order in which one feeds the next."""

from __future__ import annotations

from typing import Final

from binome.comptes.demandes_de_mot_de_passe import repondre
from binome.comptes.partage import oublier_les_passes
from binome.comptes.services import clore_les_regards
from binome.comptes.sessions_perimees import purger_les_sessions
from binome.conservation.ouvertures import effacer_les_anciennes, verser
from binome.conservation.travail import conserver, purger_apres_un_effacement
from binome.contrats_d_aide.rappels import rappeler as rappeler_les_contrats
from binome.contrats_d_aide.recompter import recompter as recompter_les_contrats
from binome.contrats_d_aide.termes import terminer_les_contrats
from binome.courrier.ancrage import ancrer
from binome.courrier.envoi import envoyer
from binome.courrier.resume import resumer
from binome.courrier.services import balayer_les_fichiers
from binome.courrier.travaux import Travail, UneFoisParJour
from binome.diagnostic.reconciliation import veiller as reconcilier
from binome.donnees_ouvertes.millesimes import garder as garder_les_millesimes
from binome.dossiers.pieces.apercus import APERCUS
from binome.etagere.registre import balayer
from binome.factures.sceller import sceller_les_factures
from binome.imports.services import oublier_anciens
from binome.journal.confrontation import veiller
from binome.journal.services import parfaire
from binome.jurys.sceller import sceller_les_proces_verbaux
from binome.lettres import de_suite
from binome.lettres.lettre import sceller
from binome.lettres.notification import notifier
from binome.lettres.rappels import rappeler
from binome.livret.glissements import transmettre
from binome.livret.rappels import rappeler as rappeler_les_cartes
from binome.passeport.nouvelles import alerter, ranger
from binome.pieces import services as pieces
from binome.pilotage.relever import relever_le_mois
from binome.prises_en_charge.certificats import sceller_les_certificats
from binome.prises_en_charge.etablir import etablir_les_etats
from binome.rapport.relever import relever_les_tableaux
from binome.reseau.nouvelles import annoncer
from binome.sessions.rappels import rappeler as rappeler_les_creneaux
from binome.socle.transit import balayer as vider_le_transit
from binome.titres.cles import preparer_la_premiere
from binome.titres.sceller import sceller_les_titres

TRAVAUX: Final = (
    Travail("balayer", balayer, tous_les=3600),
    Travail("clore-les-regards", clore_les_regards, tous_les=60),
    Travail("oublier-les-compteurs", oublier_les_passes, tous_les=600),
    Travail("ranger-les-apercus", APERCUS.redessiner, tous_les=3600),
    Travail("vider-la-quarantaine", pieces.vider_la_quarantaine, tous_les=3600),
    Travail("vider-le-transit", vider_le_transit, tous_les=3600),
    Travail("ranger-le-courrier", balayer_les_fichiers, tous_les=3600),
    Travail("oublier-les-imports", oublier_anciens, tous_les=3600),
    Travail("purger-les-sessions", purger_les_sessions, tous_les=3600),
    Travail("repondre-aux-oublis", repondre),
    Travail("verser-les-lectures", verser, tous_les=10),
    Travail("effacer-les-lectures", effacer_les_anciennes, tous_les=3600),
    Travail("sceller", sceller),
    Travail("sceller-la-suite", de_suite.sceller),
    Travail("sceller-les-titres", sceller_les_titres),
    Travail("preparer-la-cle-des-badges", preparer_la_premiere, tous_les=60),
    Travail("sceller-les-proces-verbaux", sceller_les_proces_verbaux),
    Travail("etablir-les-etats", UneFoisParJour(etablir_les_etats), tous_les=3600),
    Travail("sceller-les-certificats", sceller_les_certificats),
    Travail("sceller-les-factures", sceller_les_factures),
    Travail("notifier", notifier),
    Travail("rappeler", rappeler, tous_les=900),
    Travail("rappeler-les-cartes", rappeler_les_cartes, tous_les=900),
    Travail("rappeler-les-creneaux", rappeler_les_creneaux, tous_les=900),
    Travail("recompter-les-contrats", recompter_les_contrats, tous_les=600),
    Travail("terminer-les-contrats", terminer_les_contrats, tous_les=3600),
    Travail("rappeler-les-contrats", UneFoisParJour(rappeler_les_contrats), tous_les=3600),
    Travail("transmettre-les-taches", transmettre, tous_les=3600),
    Travail("annoncer-les-fins", annoncer, tous_les=3600),
    Travail("alerter-du-passeport", alerter, tous_les=3600),
    Travail("ranger-les-lots", ranger, tous_les=3600),
    Travail("conserver", conserver, tous_les=3600),
    Travail("oublier", parfaire, tous_les=60),
    Travail("purger", UneFoisParJour(purger_apres_un_effacement), tous_les=3600),
    Travail("verifier-le-journal", UneFoisParJour(veiller), tous_les=3600),
    Travail("reconcilier", UneFoisParJour(reconcilier), tous_les=3600),
    Travail("ancrer", ancrer, tous_les=3600),
    Travail("garder-les-donnees", UneFoisParJour(garder_les_millesimes), tous_les=3600),
    Travail("relever-les-indicateurs", UneFoisParJour(relever_le_mois), tous_les=3600),
    Travail("relever-les-tableaux", UneFoisParJour(relever_les_tableaux), tous_les=3600),
    Travail("resumer", resumer, tous_les=60),
    Travail("envoyer", envoyer),
    Travail("dessiner", APERCUS.dessiner),
)
"""Seal, notify, remind, announce what ends, warn and erase, hold the journal against its anchors, gather, send, draw; sweep what a
kill left, and end in the journal the looks that ran out."""
