import {testEverySize} from './every-size.ts';

testEverySize(48000);
