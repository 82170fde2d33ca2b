import {testEverySize} from './every-size.ts';

testEverySize(44100);
